import type { DockerfileFinding } from '../dockerfile-report.ts';
import type { Instruction, Stage } from './instruction.ts';
import { quoted, syntaxError } from './syntax-error.ts';
import { words } from './words.ts';

interface ReadStages {
  readonly parts: { readonly globals: readonly Instruction[]; readonly stages: readonly Stage[] };
  readonly faults: readonly DockerfileFinding[];
}

/** Groups instructions into stages; before the first FROM only ARG may stand. */
export function readStages(instructions: readonly Instruction[]): ReadStages {
  const globals: Instruction[] = [];
  const stages: (Stage & { instructions: Instruction[] })[] = [];
  const faults: DockerfileFinding[] = [];
  for (const instruction of instructions) {
    const { keyword, line } = instruction;
    const current = stages.at(-1);
    if (keyword === 'FROM') stages.push(stageOf(instruction, stages.length));
    else if (current) current.instructions.push(instruction);
    else if (keyword === 'ARG') globals.push(instruction);
    else faults.push(syntaxError(line, `${keyword} before the first FROM: only ARG may stand there.`));
  }
  if (stages.length === 0) faults.push(syntaxError(1, 'There is no FROM, so there is nothing to build.'));
  for (const stage of stages) faults.push(...sourceFaults(stage, stages.length));
  return { parts: { globals, stages }, faults };
}

function stageOf(from: Instruction, index: number) {
  const [base = '', , label] = words(from.text);
  const platform = from.flags.find(({ name }) => name === 'platform')?.value;
  const named = label === undefined ? {} : { label, name: label.toLowerCase() };
  return { index, ...named, from, base, ...(platform !== undefined && { platform }), instructions: [] };
}

function sourceFaults({ instructions }: Stage, count: number): DockerfileFinding[] {
  return instructions.flatMap(({ keyword, flags, line }) => {
    const from = flags.find(({ name }) => name === 'from')?.value;
    if (keyword !== 'COPY' || from === undefined || !/^\d+$/.test(from)) return [];
    if (Number(from) < count) return [];
    return [
      syntaxError(line, `There is no stage ${quoted(from)}: the stages are numbered from 0 to ${count - 1}.`),
    ];
  });
}
