import { cliErrors } from '../errors.ts';
import { version } from '../version.ts';
import { anchorFile } from './anchor-file.ts';
import type { CheckOutcome } from './check-outcome.ts';

/** How findings are told: to people, to programs, to code-scanning pages, or as annotations of GitHub's. */
export type CheckFormat = 'text' | 'json' | 'sarif' | 'github';

/** @throws CATA_USAGE */
export function checkFormatOf({
  format,
  json,
}: {
  readonly format?: CheckFormat;
  readonly json?: boolean;
}): CheckFormat {
  if (json && format !== undefined && format !== 'json') {
    throw cliErrors.CATA_USAGE({ reason: `--json and --format ${format} exclude each other.` });
  }
  return format ?? (json ? 'json' : 'text');
}

/** Findings for other programs. @param folder the one that they were asked for in */
export async function formatFindings(
  outcome: Pick<CheckOutcome, 'subject' | 'parts'>,
  format: 'sarif' | 'github',
  folder: string,
): Promise<string> {
  const { githubAnnotations, sarifLog } = await import('@catamaran/check/formats');
  const { subject, parts } = outcome;
  const reported = { subject, parts, anchor: anchorFile(outcome, folder) };
  if (format === 'sarif') return `${JSON.stringify(sarifLog(reported, version), undefined, 2)}\n`;
  const lines = githubAnnotations(reported);
  return lines.map((line) => `${line}\n`).join('');
}
