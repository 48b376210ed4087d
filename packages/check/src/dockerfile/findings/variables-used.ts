import type { Instruction } from '../syntax/instruction.ts';
import { scriptOf } from './script-of.ts';

/** Names of variables that an instruction expands, or leaves for its shell to expand. */
export function variablesUsed(instruction: Instruction): Set<string> {
  const { keyword, flags, variables } = instruction.trigger ?? instruction;
  if (!expanding.has(keyword)) return new Set();
  const text =
    variables.length > 0
      ? variables.map(({ value }) => value ?? '').join('\n')
      : [scriptOf(instruction.trigger ?? instruction), ...flags.map(({ value }) => value)].join('\n');
  const used = [...text.matchAll(/(?<!\\)\$(?:\{#?)?([A-Za-z_]\w*)/g)].map(([, name = '']) => name);
  const set = keyword === 'RUN' ? assigned(text) : new Set<string>();
  return new Set(used.filter((name) => !set.has(name)));
}

const expanding = new Set([
  ...['ADD', 'COPY', 'ENV', 'ARG', 'EXPOSE', 'LABEL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR', 'RUN'],
]);

/** What a script gives a value itself: `NAME=`, `for NAME`, `read NAME`, or a secret's `env=NAME`. */
function assigned(script: string): Set<string> {
  const found = script.matchAll(
    /(?:^|[\s;&|(,"'])(?:([A-Za-z_]\w*)=|for\s+([A-Za-z_]\w*)|read\s+(?:-r\s+)?([A-Za-z_]\w*)|env=([A-Za-z_]\w*))/gm,
  );
  return new Set([...found].flatMap(([, ...names]) => names.filter((name) => name !== undefined)));
}

/** A name anywhere in a script, as in `process.env.TARGETARCH` too. */
export function mentions(instruction: Instruction, name: string): boolean {
  const { flags } = instruction;
  const text = [scriptOf(instruction.trigger ?? instruction), ...flags.map(({ value }) => value)].join('\n');
  // The tools of tonistiigi/xx read TARGETPLATFORM and its like.
  return new RegExp(`\\b${name}\\b`).test(text) || (name.startsWith('TARGET') && /\bxx-[a-z]/.test(text));
}
