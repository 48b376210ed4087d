import type { DockerfileFinding } from '../dockerfile-report.ts';
import { type LintInput, neededIn } from '../lint-input.ts';
import { automaticNames } from '../plan/automatic-arguments.ts';
import { stageName } from '../plan/stage-name.ts';
import type { Instruction, Stage, Variable } from '../syntax/instruction.ts';
import { lineWith, mended } from './mend.ts';
import { mentions } from './variables-used.ts';

const rule = 'dockerfile-target-arch';

/** `ARG TARGETARCH=amd64`, which hides what BuildKit sets, and `ARG TARGETARCH` that nothing uses. */
export function automaticArgumentsDeclared(input: LintInput): DockerfileFinding[] {
  const { dockerfile } = input;
  const hiding = dockerfile.globals.flatMap((instruction) => hidden(input, instruction));
  const inStages = dockerfile.stages
    .filter(({ index }) => neededIn(input, index).length > 0)
    .flatMap((stage) => {
      const told = new Set<string>();
      return stage.instructions.flatMap((instruction) => [
        ...hidden(input, instruction),
        ...unused(input, stage, instruction, told),
      ]);
    });
  return [...hiding, ...inStages];
}

function automatic({ keyword, variables }: Instruction): readonly Variable[] {
  if (keyword !== 'ARG') return [];
  return variables.filter(({ name }) => automaticNames.some((known) => known === name));
}

function hidden({ dockerfile, plans }: LintInput, instruction: Instruction): DockerfileFinding[] {
  return automatic(instruction).flatMap(({ name, value }) => {
    // With --build-arg the default does not count; and "${TARGETARCH}" names itself.
    if (value === undefined || value.includes('$') || plans[0]?.buildArguments.has(name)) return [];
    const line = lineWith(dockerfile, instruction, name);
    const message = `The default hides what BuildKit sets: $${name} is "${value}" for every platform.`;
    const fix = mended(dockerfile, instruction, (text) =>
      text.replace(new RegExp(`\\b${name}=(?:"[^"]*"|'[^']*'|\\S*)`), name),
    );
    const level = name.startsWith('BUILD') ? 'warning' : 'error';
    return [{ rule, level, line, message, ...(fix && { fix }) }];
  });
}

function unused(
  input: LintInput,
  stage: Stage,
  instruction: Instruction,
  told: Set<string>,
): DockerfileFinding[] {
  const { dockerfile } = input;
  return automatic(instruction).flatMap(({ name }) => {
    if (told.has(name)) return [];
    told.add(name);
    const isUsed = stagesSeeing(input, stage).some(({ index, instructions }) =>
      instructions.some(
        (other) =>
          (index !== stage.index || other.line > instruction.line) &&
          (mentions(other, name) || other.variables.some(({ value }) => value?.includes(name))),
      ),
    );
    if (isUsed) return [];
    const where = stageName(stage, dockerfile.stages.length);
    const scripts = stage.instructions.some(
      ({ keyword, line }) => keyword === 'RUN' && line > instruction.line,
    );
    const more = scripts
      ? ' A script that RUN starts may; if none does, each RUN below it is carried out once for every platform for nothing.'
      : '';
    const message = `Nothing in ${where} names $${name}.${more}`;
    return [{ rule, level: 'note', line: lineWith(dockerfile, instruction, name), message }];
  });
}

/** A stage, and those that are built on it: they inherit its arguments. */
function stagesSeeing({ plans, dockerfile }: LintInput, stage: Stage): Stage[] {
  const [build] = plans;
  const seeing = new Set([stage.index]);
  for (const { base, stage: other } of build?.stages ?? []) {
    if (base.kind === 'stage' && seeing.has(base.index)) seeing.add(other.index);
  }
  return dockerfile.stages.filter(({ index }) => seeing.has(index));
}
