import type { Service } from '@catamaran/run';

const shownLines = 15;

/** What the service said last, for an error's text. */
export function lastLines(service: Service): string {
  const lines = service.logs().slice(-shownLines);
  return lines.length === 0
    ? 'The service has printed nothing.'
    : `Last lines of the service:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
