import type { Fix } from '../dockerfile-report.ts';
import type { Dockerfile, Instruction, Stage } from '../syntax/instruction.ts';

/** An instruction's lines, changed; undefined when the change does not change them. */
export function mended(
  dockerfile: Dockerfile,
  { line, endLine }: Instruction,
  change: (text: string) => string,
): Fix | undefined {
  const before = dockerfile.lines.slice(line - 1, endLine);
  const after = change(before.join('\n')).split('\n');
  let first = 0;
  while (first < before.length && before[first] === after[first]) first += 1;
  if (first === before.length && before.length === after.length) return undefined;
  let same = 0;
  const most = Math.min(before.length, after.length) - first;
  while (same < most && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  const text = after.slice(first, after.length - same).join('\n');
  return { line: line + first, lines: before.length - same - first, text };
}

/** The same with an ARG above, where it is not declared yet. */
export function mendedWithArg(
  dockerfile: Dockerfile,
  instruction: Instruction,
  names: readonly string[],
  change: (text: string) => string,
): Fix | undefined {
  if (names.length === 0) return mended(dockerfile, instruction, change);
  const { line, endLine } = instruction;
  const before = dockerfile.lines.slice(line - 1, endLine).join('\n');
  const after = change(before);
  if (after === before) return undefined;
  return { line, lines: endLine - line + 1, text: `ARG ${names.join(' ')}\n${after}` };
}

export function argAfterFrom({ from }: Stage, name: string): Fix {
  return { line: from.endLine + 1, lines: 0, text: `ARG ${name}` };
}

export function fromWithPlatform(dockerfile: Dockerfile, { from }: Stage, platform: string): Fix | undefined {
  return mended(dockerfile, from, (text) =>
    /--platform=\S+/i.test(text)
      ? text.replace(/--platform=\S+/i, () => `--platform=${platform}`)
      : text.replace(/^(\s*from)(\s+)/i, (_, keyword, space) => `${keyword}${space}--platform=${platform} `),
  );
}

export function fromWithoutPlatform(dockerfile: Dockerfile, { from }: Stage): Fix | undefined {
  return mended(dockerfile, from, (text) => text.replace(/--platform=\S+\s+/i, ''));
}

/** The line of an instruction in which something stands first; its own, where that is not found as it is written. */
export function lineWith(dockerfile: Dockerfile, { line, endLine }: Instruction, text: string): number {
  for (let at = line; at <= endLine; at += 1) {
    if (dockerfile.lines[at - 1]?.includes(text)) return at;
  }
  return line;
}
