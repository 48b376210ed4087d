import type { InstructionVerdict, StageKind } from '../dockerfile-report.ts';
import type { Instruction } from '../syntax/instruction.ts';
import type { BuildPlan, StagePlan } from './build-plan.ts';
import { runsNatively } from './platform-text.ts';
import { stageName } from './stage-name.ts';

/** How one instruction of a stage is carried out in a build, and why. */
export function verdictOf(
  instruction: Instruction,
  plan: StagePlan,
  build: BuildPlan,
  kinds: readonly StageKind[],
): InstructionVerdict {
  const platform = build.target;
  const { trigger } = instruction;
  if (!plan.needed) {
    const why = `${nameOf(plan, build)} is not needed for ${platform}, so BuildKit does not build it`;
    return { platform, verdict: 'not-built', why };
  }
  if (trigger) return triggerVerdict(trigger, plan, build, kinds);
  if (instruction.keyword !== 'RUN') {
    return { platform, verdict: 'nothing', why: `${instruction.keyword} runs no program` };
  }
  if (plan.platform === undefined) {
    return { platform, verdict: 'unknown', why: `${describe(plan, build, kinds)}, which has no value here` };
  }
  const isNative = runsNatively(plan.platform, build.builder);
  const how = isNative
    ? `its RUN is native on a ${build.builder} builder`
    : `its RUN is emulated on a ${build.builder} builder`;
  const verdict = isNative ? 'native' : 'emulated';
  return { platform, verdict, why: `${describe(plan, build, kinds)}, so for ${platform} ${how}` };
}

function triggerVerdict(
  trigger: Instruction,
  plan: StagePlan,
  build: BuildPlan,
  kinds: readonly StageKind[],
): InstructionVerdict {
  const { index } = plan.stage;
  const child = build.stages.find(
    ({ base, needed }) => needed && base.kind === 'stage' && base.index === index,
  );
  if (child) {
    const found = verdictOf(trigger, child, build, kinds);
    return { ...found, why: `it is kept for ${nameOf(child, build)}: ${found.why}` };
  }
  const why = 'ONBUILD runs nothing here, but in builds whose FROM is this image';
  return { platform: build.target, verdict: 'nothing', why };
}

function nameOf({ stage }: StagePlan, build: BuildPlan): string {
  return stageName(stage, build.stages.length);
}

/** Why a stage has the platform that it has. */
export function describe(plan: StagePlan, build: BuildPlan, kinds: readonly StageKind[]): string {
  const root = build.stages[plan.root] ?? plan;
  const name = nameOf(plan, build);
  const said = saidBy(root, kinds[plan.root]);
  return root === plan
    ? `${name} is ${said}`
    : `${name} is built on ${nameOf(root, build)}, which is ${said}`;
}

function saidBy({ stage, base, platform }: StagePlan, kind: StageKind | undefined): string {
  if (base.kind === 'scratch') return 'FROM scratch, which has the platform of the target';
  if (stage.platform === undefined) return `FROM ${stage.base} without --platform=$BUILDPLATFORM`;
  const from = `FROM --platform=${stage.platform} ${stage.base}`;
  return kind === 'constant' ? `${from}, for every target ${platform}` : from;
}
