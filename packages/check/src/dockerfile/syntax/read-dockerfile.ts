import type { DockerfileFinding } from '../dockerfile-report.ts';
import { escapeCharacter } from './escape-directive.ts';
import type { Dockerfile, Instruction } from './instruction.ts';
import { faultsOf } from './instruction-faults.ts';
import { logicalLines } from './logical-lines.ts';
import { parseInstruction } from './parse-instruction.ts';
import { readStages } from './read-stages.ts';
import { syntaxError } from './syntax-error.ts';

/** BuildKit's own limit of a line. */
const longestLine = 65_535;

export interface ReadDockerfile {
  readonly dockerfile: Dockerfile;
  /** What is not valid, in the order of lines. */
  readonly faults: readonly DockerfileFinding[];
}

/**
 * Reads instructions and stages; what is not valid becomes a finding, and the rest is read all the same.
 * @param allow throws where there are too many instructions
 */
export function readDockerfile(text: string, allow: (instructions: number) => void): ReadDockerfile {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map(withoutReturns);
  if (lines.at(-1) === '') lines.pop();
  const faults: DockerfileFinding[] = [];
  const unreadable = unreadableLine(lines);
  if (unreadable)
    return { dockerfile: { globals: [], stages: [], lines, continuation: '\\' }, faults: [unreadable] };
  const continuation = escapeCharacter(lines);
  const instructions: Instruction[] = [];
  const logical = logicalLines(lines, continuation);
  allow(logical.length);
  for (const at of logical) {
    if (at.unterminated !== undefined) {
      faults.push(syntaxError(at.line, `The heredoc <<${at.unterminated} does not end.`));
    }
    const instruction = parseInstruction(at, continuation);
    if (!instruction) continue;
    const found = faultsOf(instruction);
    faults.push(...found);
    if (found.length === 0) instructions.push(instruction);
  }
  const read = readStages(instructions);
  const all = [...faults, ...read.faults].sort((a, b) => a.line - b.line);
  return { dockerfile: { ...read.parts, lines, continuation }, faults: all };
}

/** Line ends of Windows. Not by a regular expression: those take long for a line of many. */
function withoutReturns(line: string): string {
  let end = line.length;
  while (line[end - 1] === '\r') end -= 1;
  return line.slice(0, end);
}

function unreadableLine(lines: readonly string[]): DockerfileFinding | undefined {
  const binary = lines.findIndex((line) => /[\0\uFFFD]/.test(line));
  if (binary >= 0) return syntaxError(binary + 1, 'This is not text in UTF-8.');
  const long = lines.findIndex((line) => line.length > longestLine);
  if (long < 0) return undefined;
  return syntaxError(long + 1, `The line is longer than ${longestLine} characters, which BuildKit refuses.`);
}
