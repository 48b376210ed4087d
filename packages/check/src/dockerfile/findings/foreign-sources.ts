import type { DockerfileFinding } from '../dockerfile-report.ts';
import { type LintInput, neededIn } from '../lint-input.ts';
import { sourceNames } from '../plan/source-names.ts';
import { stageName } from '../plan/stage-name.ts';
import { upperFirst } from './emulated.ts';

/** An image that is named in `--from` is the target's, also in a stage of the builder's platform. */
export function foreignSources(input: LintInput): DockerfileFinding[] {
  const names = new Set(input.dockerfile.stages.flatMap(({ name }) => name ?? []));
  return input.dockerfile.stages.flatMap((stage) => {
    const foreign = neededIn(input, stage.index).filter(
      ({ plan, build }) => plan.platform === build.builder && build.target !== build.builder,
    );
    if (foreign.length === 0 || input.kinds[stage.index] !== 'native') return [];
    return stage.instructions.flatMap((instruction) =>
      sourceNames(instruction)
        .filter(({ name, isCopy }) => !names.has(name.toLowerCase()) && !(isCopy && /^\d+$/.test(name)))
        .filter(({ name }) => name !== 'scratch')
        .map(({ name }) => {
          const where = upperFirst(stageName(stage, input.dockerfile.stages.length));
          const targets = foreign.map(({ build }) => build.target).join(' and ');
          const message = `${where} is the builder's, but --from=${name} is an image for ${targets}: programs from it are emulated here. Write "FROM --platform=$BUILDPLATFORM ${name} AS ${alias(name)}" above, and --from=${alias(name)}.`;
          return {
            rule: 'dockerfile-build-platform',
            level: 'warning',
            line: instruction.line,
            message,
          } as const;
        }),
    );
  });
}

function alias(image: string): string {
  const last = image.split('/').at(-1)?.split(/[:@]/)[0] ?? '';
  return /^[a-z][\w.-]*$/i.test(last) ? last : 'tools';
}
