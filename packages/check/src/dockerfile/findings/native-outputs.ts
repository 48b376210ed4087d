import { posix } from 'node:path';
import type { DockerfileFinding } from '../dockerfile-report.ts';
import type { LintInput } from '../lint-input.ts';
import { type BuildPlan, type StagePlan, scopeAtStart } from '../plan/build-plan.ts';
import { runsNatively } from '../plan/platform-text.ts';
import { declare, type Scope } from '../plan/scope.ts';
import { stageName } from '../plan/stage-name.ts';
import { expand } from '../syntax/expand.ts';
import type { Instruction } from '../syntax/instruction.ts';
import { paths } from '../syntax/instruction-faults.ts';
import { quoted } from '../syntax/syntax-error.ts';
import { type Compiler, compilers, isBinary } from './compilers.ts';
import { lineWith, mendedWithArg } from './mend.ts';
import { commandsOf, scriptOf } from './script-of.ts';

/** What the builder's own stages make for the builder, and an image for another platform is given. */
export function nativeOutputs(input: LintInput): DockerfileFinding[] {
  const told = new Set<string>();
  return input.plans
    .filter(({ target, builder }) => !runsNatively(target, builder))
    .flatMap((build) =>
      copiesFromBuilder(build).flatMap(({ from, copies }) => judge(input, build, from, copies)),
    )
    .filter(({ line, rule, level }) => {
      const key = `${rule} ${level} ${line}`;
      return !told.has(key) && told.add(key);
    });
}

interface BuilderCopies {
  readonly from: StagePlan;
  readonly copies: readonly Instruction[];
}

/** COPY into what is the target's, from each stage that is the builder's. */
function copiesFromBuilder(build: BuildPlan): BuilderCopies[] {
  const named = new Map(
    build.stages.flatMap(({ stage }) => (stage.name === undefined ? [] : [[stage.name, stage.index]])),
  );
  const copies = build.stages
    .filter(({ needed, platform }) => needed && platform === build.target)
    .flatMap(({ stage }) => stage.instructions)
    .flatMap((copy) => {
      const name =
        copy.keyword === 'COPY' ? copy.flags.find((flag) => flag.name === 'from')?.value : undefined;
      if (name === undefined) return [];
      const index = /^\d+$/.test(name) ? Number(name) : named.get(name.toLowerCase());
      return index === undefined ? [] : [{ copy, index }];
    });
  return [...Map.groupBy(copies, ({ index }) => index)].flatMap(([index, each]) => {
    const from = build.stages[index];
    if (!from?.platform || !runsNatively(from.platform, build.builder)) return [];
    return [{ from, copies: each.map(({ copy }) => copy) }];
  });
}

/** More are not looked at, of one stage. */
const mostSources = 200;

function judge(
  input: LintInput,
  build: BuildPlan,
  from: StagePlan,
  copies: readonly Instruction[],
): DockerfileFinding[] {
  const sources = copies
    .slice(0, mostSources)
    .flatMap((copy) => sourcesOf(copy).map((path) => ({ path, copy })))
    .slice(0, mostSources);
  const found = lineage(build, from).flatMap((plan) =>
    unsaid(
      input,
      build,
      plan,
      sources.map(({ path }) => path),
    ),
  );
  if (found.length > 0) return found;
  const program = sources.find(({ path }) => programs.test(path) && isBinary(path));
  const isTold = lineage(build, from).some(({ stage }) =>
    stage.instructions.some((instruction) => /TARGET(ARCH|PLATFORM)|\bxx-/.test(scriptOf(instruction))),
  );
  if (program === undefined || isTold || input.kinds[from.stage.index] !== 'native') return [];
  const where = stageName(from.stage, build.stages.length);
  const message = `${quoted(program.path)} of ${where} is for the builder: the image for ${build.target} is given ${from.platform} files.`;
  return [{ rule: 'dockerfile-native-output', level: 'warning', line: program.copy.line, message }];
}

const programs = /^\/(usr\/)?(local\/)?s?bin\/\w|^\/(usr\/)?(local\/)?lib(64)?(\/|$)/;

function sourcesOf(copy: Instruction): string[] {
  return paths(copy.text)
    .slice(0, -1)
    .map((path) => posix.resolve('/', path));
}

/** A stage and those that it is built on, the lowest first. */
function lineage(build: BuildPlan, plan: StagePlan): StagePlan[] {
  const found = [plan];
  for (let base = plan.base; base.kind === 'stage'; ) {
    const below = build.stages[base.index];
    if (!below) break;
    found.unshift(below);
    base = below.base;
  }
  return found;
}

/** Commands of a stage that are not told for what they compile. */
function unsaid(
  input: LintInput,
  build: BuildPlan,
  plan: StagePlan,
  sources: readonly string[],
): DockerfileFinding[] {
  const scope = scopeAtStart(build, plan);
  let folder = '/';
  return plan.stage.instructions.flatMap((instruction) => {
    declare(scope, instruction, build);
    if (instruction.keyword === 'WORKDIR') {
      folder = posix.resolve(folder, expand(instruction.text, (name) => scope.get(name)?.value).text);
    }
    if (instruction.keyword !== 'RUN') return [];
    const script = scriptOf(instruction);
    return commandsOf(script).flatMap((command) => {
      const compiler = compilers.find(({ pattern }) => pattern.test(command));
      if (!compiler || compiler.isTold(command, script, scope)) return [];
      const isSurely = compiler.isSurely(
        command,
        sources.map((source) => posix.resolve(folder, source)),
      );
      if (!isSurely && !compiler.isPerhaps(command, sources, folder)) return [];
      return [finding(input, build, instruction, scope, { plan, compiler, command, isSurely })];
    });
  });
}

interface Unsaid {
  readonly plan: StagePlan;
  readonly compiler: Compiler;
  readonly command: string;
  readonly isSurely: boolean;
}

function finding(
  input: LintInput,
  build: BuildPlan,
  instruction: Instruction,
  scope: Scope,
  { plan, compiler, command, isSurely }: Unsaid,
): DockerfileFinding {
  const where = stageName(plan.stage, build.stages.length);
  const message = `In ${where} ${compiler.what} for ${plan.platform}, the builder, unless it is told $TARGETARCH: ${isSurely ? 'the' : 'if that comes into it, the'} image for ${build.target} gets files that do not run there.`;
  const missing = scope.has('TARGETARCH') ? [] : ['TARGETARCH'];
  const mended = compiler.mend?.(command);
  const fix =
    mended === undefined || mended === command
      ? undefined
      : mendedWithArg(input.dockerfile, instruction, missing, (text) => text.replace(command, () => mended));
  const line = lineWith(input.dockerfile, instruction, command.split(/\s+/).slice(0, 2).join(' '));
  const level = isSurely ? 'error' : 'warning';
  return { rule: 'dockerfile-native-output', level, line, message, ...(fix && { fix }) };
}
