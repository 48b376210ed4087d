import type { StageKind } from '../dockerfile-report.ts';
import type { Dockerfile } from '../syntax/instruction.ts';
import { planBuild } from './plan-build.ts';

/** What each stage's platform hangs on, found by letting target and builder vary. */
export function stageKinds(
  dockerfile: Dockerfile,
  buildArguments: ReadonlyMap<string, string>,
): readonly StageKind[] {
  const platformsFor = (target: string, builder: string) =>
    planBuild(dockerfile, { target, builder, buildArguments }).stages.map(({ platform }) => platform);
  const both = platformsFor('linux/amd64', 'linux/amd64');
  const otherTarget = platformsFor('linux/arm64', 'linux/amd64');
  const otherBuilder = platformsFor('linux/amd64', 'linux/arm64');
  return both.map((platform, index) => {
    if (platform === undefined) return 'unknown';
    if (platform !== otherTarget[index]) return 'target';
    return platform === otherBuilder[index] ? 'constant' : 'native';
  });
}
