import { checkErrors } from '../errors.ts';
import type {
  DockerfileFinding,
  DockerfileReport,
  InstructionReport,
  StageReport,
} from './dockerfile-report.ts';
import type { LintInput } from './lint-input.ts';
import { lintRules } from './lint-rules.ts';
import type { BuildPlan } from './plan/build-plan.ts';
import { planBuild } from './plan/plan-build.ts';
import { stageKinds } from './plan/stage-kinds.ts';
import { verdictOf } from './plan/verdict-of.ts';
import type { Stage } from './syntax/instruction.ts';
import { readDockerfile } from './syntax/read-dockerfile.ts';

/** Longer than any Dockerfile that a person writes; what is beyond is not read. */
export const longestDockerfileBytes = 256 * 1024;

/** Far more than anybody writes; work on a file grows with one times the other. */
const [mostStages, mostInstructions] = [200, 2000];

export interface LintOptions {
  /** Where the text is from, for errors. */
  readonly path: string;
  /** Target platforms, normalised: `linux/arm64`. */
  readonly platforms: readonly string[];
  /** The platform of the machine that builds. */
  readonly builder: string;
  /** Values of ARGs, as `docker build --build-arg` gives them. */
  readonly buildArguments?: ReadonlyMap<string, string>;
  /** The stage to build, by name or number, as `docker build --target` has it; the last one otherwise. */
  readonly target?: string;
}

/**
 * Says of each instruction whether it runs native or emulated on a builder, and what makes images wrong or slow.
 * Nothing is fetched: what a base image holds is not known here.
 * @throws CATA_DOCKERFILE_TOO_LARGE, CATA_DOCKERFILE_TARGET_UNKNOWN
 */
export function lintDockerfile(text: string, options: LintOptions): DockerfileReport {
  const { platforms, builder, buildArguments = new Map<string, string>() } = options;
  requireAtMost(Buffer.byteLength(text), longestDockerfileBytes, 'bytes', options);
  const { dockerfile, faults } = readDockerfile(text, (count) =>
    requireAtMost(count, mostInstructions, 'instructions', options),
  );
  requireAtMost(dockerfile.stages.length, mostStages, 'stages', options);
  const stage = targetStage(dockerfile.stages, options);
  const wanted = { buildArguments, ...(stage !== undefined && { stage }) };
  const made = new Map<string, BuildPlan>();
  const planFor = (target: string, on: string) => {
    const plan = made.get(`${target} ${on}`) ?? planBuild(dockerfile, { ...wanted, target, builder: on });
    made.set(`${target} ${on}`, plan);
    return plan;
  };
  const plans = platforms.map((target) => planFor(target, builder));
  const kinds = stageKinds(planFor);
  const input: LintInput = { dockerfile, builder, plans, kinds };
  const findings = [...faults, ...lintRules.flatMap((rule) => rule(input))];
  const stages = dockerfile.stages.map((each) => reportOf(each, input));
  return { builder, stages, summary: summaryOf(stages, platforms), findings: sorted(findings) };
}

/** @throws CATA_DOCKERFILE_TOO_LARGE */
function requireAtMost(count: number, limit: number, what: string, { path }: LintOptions): void {
  if (count <= limit) return;
  const details = { path, count: `${count} ${what}`, limit: `${limit} ${what}` };
  throw checkErrors.CATA_DOCKERFILE_TOO_LARGE(details);
}

function targetStage(stages: readonly Stage[], { target, path }: LintOptions): number | undefined {
  if (target === undefined) return undefined;
  const byName = stages.findLast(({ name }) => name === target.toLowerCase())?.index;
  const found =
    byName ?? (/^\d+$/.test(target) && Number(target) < stages.length ? Number(target) : undefined);
  if (found !== undefined) return found;
  const names = stages.flatMap(({ label }) => label ?? []).join(', ') || 'none has a name';
  throw checkErrors.CATA_DOCKERFILE_TARGET_UNKNOWN({ path, target, names });
}

function reportOf(stage: Stage, input: LintInput): StageReport {
  const { index, label, from, base } = stage;
  const platforms = input.plans
    .filter((plan) => plan.stages[index]?.needed)
    .map((plan) => {
      const runsAs = plan.stages[index]?.platform;
      return { platform: plan.target, ...(runsAs !== undefined && { runsAs }) };
    });
  const instructions = [from, ...stage.instructions].map((instruction): InstructionReport => {
    const { line, endLine, keyword } = instruction;
    const verdicts = input.plans.flatMap((build) => {
      const plan = build.stages[index];
      return plan ? [verdictOf(instruction, plan, build, input.kinds)] : [];
    });
    return { line, endLine, keyword, verdicts };
  });
  const name = label === undefined ? {} : { name: label };
  return {
    index,
    ...name,
    line: from.line,
    base,
    kind: input.kinds[index] ?? 'unknown',
    platforms,
    instructions,
  };
}

function summaryOf(stages: readonly StageReport[], platforms: readonly string[]) {
  return platforms.map((platform, at) => {
    const verdicts = stages.flatMap(({ instructions }) =>
      instructions.map(({ verdicts: each }) => each[at]?.verdict),
    );
    const count = (wanted: string) => verdicts.filter((verdict) => verdict === wanted).length;
    const instructions = verdicts.length - count('not-built');
    return { platform, instructions, native: count('native'), emulated: count('emulated') };
  });
}

/** By line; what is said of one line twice, once. */
function sorted(findings: readonly DockerfileFinding[]): DockerfileFinding[] {
  const unique = new Map(
    findings.map((finding) => [`${finding.line} ${finding.rule} ${finding.message}`, finding]),
  );
  return [...unique.values()].sort((a, b) => a.line - b.line);
}
