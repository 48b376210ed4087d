import type { DockerfileFinding } from '../dockerfile-report.ts';
import { type LintInput, neededIn } from '../lint-input.ts';
import { runsNatively } from '../plan/platform-text.ts';
import { stageName } from '../plan/stage-name.ts';
import { describe, verdictOf } from '../plan/verdict-of.ts';
import type { Instruction, Stage } from '../syntax/instruction.ts';
import { quoted } from '../syntax/syntax-error.ts';
import { fromWithPlatform } from './mend.ts';
import { scriptOf } from './script-of.ts';

/** Each RUN that a CPU is emulated for. */
export function emulatedInstructions(input: LintInput): DockerfileFinding[] {
  return input.dockerfile.stages.flatMap((stage) => {
    const needed = neededIn(input, stage.index);
    return stage.instructions.flatMap((instruction) => {
      const emulated = needed.filter(
        ({ plan, build }) => verdictOf(instruction, plan, build, input.kinds).verdict === 'emulated',
      );
      const [first] = emulated;
      if (!first) return [];
      const targets = emulated.map(({ build }) => build.target).join(' and ');
      const run = instruction.trigger ?? instruction;
      const message = [
        `RUN ${quoted(scriptOf(run))} is emulated for ${targets} on a ${input.builder} builder:`,
        `${describe(first.plan, first.build, input.kinds)}.${advice(run, first.plan.isOutput)}`,
      ].join(' ');
      const root = input.dockerfile.stages[first.plan.root] ?? stage;
      const fix = isMovable(input, root)
        ? fromWithPlatform(input.dockerfile, root, '$BUILDPLATFORM')
        : undefined;
      return [
        {
          rule: 'dockerfile-emulated',
          level: 'warning',
          line: instruction.line,
          message,
          ...(fix && { fix }),
        },
      ];
    });
  });
}

function advice(run: Instruction, isOutput: boolean): string {
  const installs = /\b(npm (ci|i|install)|pnpm (i|install)|yarn( install)?\b)/.test(scriptOf(run))
    ? ' Installing packages like that takes minutes, and Node.js may crash.'
    : '';
  return isOutput
    ? `${installs} Do it in a stage that is FROM --platform=$BUILDPLATFORM and COPY the result, or take a base that has it.`
    : installs;
}

/** A stage that only makes something for others can be the builder's. */
function isMovable(input: LintInput, { index }: Stage): boolean {
  if (input.kinds[index] !== 'target' && input.kinds[index] !== 'constant') return false;
  return input.plans.every((plan) => !plan.stages[index]?.isOutput);
}

/** FROM lines that could say `--platform=$BUILDPLATFORM`, and do not. */
export function missingBuildPlatform(input: LintInput): DockerfileFinding[] {
  return input.dockerfile.stages.flatMap((stage) => {
    if (input.kinds[stage.index] !== 'target' || !isMovable(input, stage)) return [];
    const counts = neededIn(input, stage.index).flatMap(({ build }) => {
      const runs = build.stages
        .filter(({ root, needed, platform }) => {
          return root === stage.index && needed && platform && !runsNatively(platform, build.builder);
        })
        .flatMap(({ stage: { instructions } }) => instructions.filter(({ keyword }) => keyword === 'RUN'));
      return runs.length > 0 ? [runs.length] : [];
    });
    if (counts.length === 0) return [];
    const name = stageName(stage, input.dockerfile.stages.length);
    const count = Math.max(...counts);
    const message =
      `${name} only makes files for others, and is FROM ${stage.base} without --platform=$BUILDPLATFORM: ` +
      `${count === 1 ? 'its RUN is' : `its ${count} RUN instructions are`} emulated. ` +
      `On the builder's platform ${count === 1 ? 'it is' : 'they are'} native; what is compiled or installed there has to be for $TARGETARCH.`;
    const fix = fromWithPlatform(input.dockerfile, stage, '$BUILDPLATFORM');
    const line = stage.from.line;
    return [
      {
        rule: 'dockerfile-build-platform',
        level: 'warning',
        line,
        message: upperFirst(message),
        ...(fix && { fix }),
      },
    ];
  });
}

export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
