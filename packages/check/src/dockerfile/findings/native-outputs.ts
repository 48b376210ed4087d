import { posix } from 'node:path';
import type { DockerfileFinding } from '../dockerfile-report.ts';
import type { LintInput } from '../lint-input.ts';
import { type BuildPlan, type StagePlan, scopeAtStart } from '../plan/build-plan.ts';
import { runsNatively } from '../plan/platform-text.ts';
import { declare, type Scope } from '../plan/scope.ts';
import { stageName } from '../plan/stage-name.ts';
import type { Instruction } from '../syntax/instruction.ts';
import { quoted } from '../syntax/syntax-error.ts';
import { builderCopies, type CopiedPath, folderAfter, folderAtStart, lineage } from './builder-copies.ts';
import { type Compiler, compilers, isBinary } from './compilers.ts';
import { lineWith, mendedWithArg } from './mend.ts';
import { commandsOf, scriptOf } from './script-of.ts';

/** What the builder's own stages make for the builder, and an image for another platform is given. */
export function nativeOutputs(input: LintInput): DockerfileFinding[] {
  const told = new Set<string>();
  return input.plans
    .filter(({ target, builder }) => !runsNatively(target, builder))
    .flatMap((build) =>
      [...Map.groupBy(builderCopies(build), ({ from }) => from)].flatMap(([from, copied]) =>
        judge(input, build, from, copied),
      ),
    )
    .filter(({ line, rule, level }) => {
      const key = `${rule} ${level} ${line}`;
      return !told.has(key) && told.add(key);
    });
}

function judge(
  input: LintInput,
  build: BuildPlan,
  from: StagePlan,
  copied: readonly CopiedPath[],
): DockerfileFinding[] {
  const sources = copied.map(({ path }) => path);
  const found = lineage(build, from).flatMap((plan) => unsaid(input, build, plan, sources));
  if (found.length > 0) return found;
  const program = copied.find(({ path }) => programs.test(path) && isBinary(path));
  const isTold = lineage(build, from).some(({ stage }) =>
    stage.instructions.some((instruction) => /TARGET(ARCH|PLATFORM)|\bxx-/.test(scriptOf(instruction))),
  );
  if (program === undefined || isTold || input.kinds[from.stage.index] !== 'native') return [];
  const where = stageName(from.stage, build.stages.length);
  const message = `${quoted(program.path)} of ${where} is for the builder: the image for ${build.target} is given ${from.platform} files.`;
  return [{ rule: 'dockerfile-native-output', level: 'warning', line: program.copy.line, message }];
}

const programs = /^\/(usr\/)?(local\/)?s?bin\/\w|^\/(usr\/)?(local\/)?lib(64)?(\/|$)/;

/** Commands of a stage that are not told for what they compile. */
function unsaid(
  input: LintInput,
  build: BuildPlan,
  plan: StagePlan,
  sources: readonly string[],
): DockerfileFinding[] {
  const scope = scopeAtStart(build, plan);
  let folder = folderAtStart(build, plan);
  return plan.stage.instructions.flatMap((instruction) => {
    declare(scope, instruction, build);
    folder = folderAfter(build, plan, instruction, folder);
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
