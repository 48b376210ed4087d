import { expand } from '../syntax/expand.ts';
import type { Instruction } from '../syntax/instruction.ts';
import { scriptOf } from './script-of.ts';

/** Names of variables that an instruction expands, or leaves for its shell to expand. */
export function variablesUsed(instruction: Instruction): Set<string> {
  const said = instruction.trigger ?? instruction;
  if (said.keyword === 'RUN') return usedByShell(said);
  if (!expanding.has(said.keyword)) return new Set();
  const used = new Set<string>();
  const values = said.variables.length > 0 ? said.variables.map(({ value }) => value ?? '') : [said.text];
  for (const text of [...values, ...said.flags.map(({ value }) => value)]) {
    expand(text, (name) => void used.add(name));
  }
  for (const { content, isQuoted } of said.heredocs) {
    for (const name of isQuoted ? [] : namesIn(content)) used.add(name);
  }
  return used;
}

function usedByShell(run: Instruction): Set<string> {
  const script = [scriptOf(run), ...run.flags.map(({ value }) => value)].join('\n');
  const set = assigned(script);
  return new Set(namesIn(script).filter((name) => !set.has(name)));
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/(?<!\\)\$(?:\{#?)?([A-Za-z_]\w*)/g)].map(([, name = '']) => name);
}

const expanding = new Set([
  ...['ADD', 'COPY', 'ENV', 'ARG', 'EXPOSE', 'LABEL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR'],
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
