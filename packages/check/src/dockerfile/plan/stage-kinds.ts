import type { StageKind } from '../dockerfile-report.ts';
import type { BuildPlan } from './build-plan.ts';

/** What each stage's platform hangs on, found by letting target and builder vary. */
export function stageKinds(planFor: (target: string, builder: string) => BuildPlan): readonly StageKind[] {
  const both = planFor('linux/amd64', 'linux/amd64').stages;
  const otherTarget = planFor('linux/arm64', 'linux/amd64').stages;
  const otherBuilder = planFor('linux/amd64', 'linux/arm64').stages;
  return both.map(({ platform }, index) => {
    if (platform === undefined) return 'unknown';
    if (platform !== otherTarget[index]?.platform) return 'target';
    return platform === otherBuilder[index]?.platform ? 'constant' : 'native';
  });
}
