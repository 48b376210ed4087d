import type { DockerfileFinding } from '../dockerfile-report.ts';
import type { LintInput } from '../lint-input.ts';
import { cycles } from '../plan/cycles.ts';
import { stageName } from '../plan/stage-name.ts';
import { syntaxError } from '../syntax/syntax-error.ts';
import { upperFirst } from './emulated.ts';

/** Stages that wait for one another: BuildKit refuses them. */
export function circularStages({ plans, dockerfile }: LintInput): DockerfileFinding[] {
  const [build] = plans;
  const [first] = cycles(build?.stages.map(({ sources }) => sources) ?? []);
  const stage = first === undefined ? undefined : dockerfile.stages[first];
  if (!stage) return [];
  const name = upperFirst(stageName(stage, dockerfile.stages.length));
  return [syntaxError(stage.from.line, `${name} takes files from a stage that waits for it.`)];
}
