import { type HeredocStart, heredocStarts } from './heredoc-starts.ts';
import type { Heredoc } from './instruction.ts';

/** Lines that belong together: one instruction with its continuations, and its heredocs. */
export interface LogicalLine {
  /** 1-based. */
  readonly line: number;
  /** The instruction's own lines, joined, without continuations and comments. */
  readonly text: string;
  /** The last line of its heredocs. */
  readonly endLine: number;
  readonly heredocs: readonly Heredoc[];
  /** A heredoc that the file ends in. */
  readonly unterminated?: string;
}

const mayHaveHeredoc = /^\s*(onbuild\s+)?(run|copy|add)\s/i;

/**
 * Where instructions start and end, as BuildKit's parser has it: a comment or an empty line within a continuation
 * does not end it, and heredocs follow the whole instruction.
 */
export function logicalLines(lines: readonly string[], continuation: string): LogicalLine[] {
  const continued = continuation === '`' ? /(^|[^`])`[ \t]*$/ : /(^|[^\\])\\[ \t]*$/;
  const found: LogicalLine[] = [];
  for (let at = 0; at < lines.length; ) {
    if (isBlankOrComment(lines[at])) {
      at += 1;
      continue;
    }
    const start = at;
    const parts: string[] = [];
    let goesOn = true;
    while (goesOn && at < lines.length) {
      const text = lines[at] ?? '';
      at += 1;
      if (parts.length > 0 && isBlankOrComment(text)) continue;
      goesOn = continued.test(text);
      parts.push(goesOn ? text.trimEnd().slice(0, -1) : text);
    }
    const joined = parts.join('');
    const starts = mayHaveHeredoc.test(joined) && joined.includes('<<') ? heredocStarts(joined) : [];
    const read = readHeredocs(lines, at, starts);
    found.push({ line: start + 1, text: joined, ...read });
    at = read.endLine;
  }
  return found;
}

function isBlankOrComment(line: string | undefined): boolean {
  const text = line?.trimStart() ?? '';
  return text === '' || text.startsWith('#');
}

function readHeredocs(lines: readonly string[], from: number, starts: readonly HeredocStart[]) {
  const heredocs: Heredoc[] = [];
  let at = from;
  for (const { name, chomps, isQuoted } of starts) {
    const first = at;
    const ends = (line: string) => (chomps ? line.replace(/^\t+/, '') : line) === name;
    while (at < lines.length && !ends(lines[at] ?? '')) at += 1;
    heredocs.push({ name, isQuoted, content: lines.slice(first, at).join('\n') });
    if (at === lines.length) return { endLine: at, heredocs, unterminated: name };
    at += 1;
  }
  return { endLine: at, heredocs };
}
