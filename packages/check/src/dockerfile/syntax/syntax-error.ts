import type { DockerfileFinding, Fix } from '../dockerfile-report.ts';

export function syntaxError(line: number, message: string, fix?: Fix): DockerfileFinding {
  return { rule: 'dockerfile-syntax', level: 'error', line, message, ...(fix && { fix }) };
}

/** What a message quotes of a file: one line, and not all of a long one. */
export function quoted(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length > 60 ? `"${line.slice(0, 57)}..."` : `"${line}"`;
}
