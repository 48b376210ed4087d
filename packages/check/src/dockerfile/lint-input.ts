import type { StageKind } from './dockerfile-report.ts';
import type { BuildPlan, StagePlan } from './plan/build-plan.ts';
import type { Dockerfile } from './syntax/instruction.ts';

/** What every rule of the lint looks at. */
export interface LintInput {
  readonly dockerfile: Dockerfile;
  readonly builder: string;
  /** One a target. */
  readonly plans: readonly BuildPlan[];
  /** One a stage. */
  readonly kinds: readonly StageKind[];
}

/** The plans in which a stage is built. */
export function plansNeeding(input: LintInput, index: number): BuildPlan[] {
  return input.plans.filter((plan) => plan.stages[index]?.needed);
}

/** The same, each with what it says of the stage. */
export function neededIn(
  input: LintInput,
  index: number,
): { readonly build: BuildPlan; readonly plan: StagePlan }[] {
  return plansNeeding(input, index).flatMap((build) => {
    const plan = build.stages[index];
    return plan ? [{ build, plan }] : [];
  });
}
