import { answer } from '../phrases/run-phrases.ts';
import type { RunRecord } from '../run-record/run-record.ts';
import { type Paint, printable } from './paint.ts';
import { hang } from './wrap.ts';

/** The outcome, why, what would help, and what can be said all the same. */
export function verdictSection(record: RunRecord, width: number, paint: Paint): string[] {
  const { verdict } = record;
  return [
    ...hang('', printable(answer(record)), width).map((line) => paint(['bold', 'yellow'], line)),
    '',
    ...list(
      'Why',
      verdict.reasons.map((reason) => reason.text),
      width,
      paint,
    ),
    '',
    ...list('What would make a comparison possible', verdict.remedies, width, paint),
    '',
    ...list('What can be said without measuring', [verdict.prices.text], width, paint),
  ];
}

function list(title: string, texts: readonly string[], width: number, paint: Paint): string[] {
  return [paint('bold', title), ...texts.flatMap((text) => hang('  - ', printable(text), width))];
}
