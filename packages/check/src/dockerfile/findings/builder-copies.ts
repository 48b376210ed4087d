import { posix } from 'node:path';
import type { BuildPlan, StagePlan } from '../plan/build-plan.ts';
import { runsNatively } from '../plan/platform-text.ts';
import { expand } from '../syntax/expand.ts';
import type { Instruction } from '../syntax/instruction.ts';
import { paths } from '../syntax/instruction-faults.ts';

/** A path in a stage of the builder's whose content gets into what is the target's. */
export interface CopiedPath {
  readonly from: StagePlan;
  /** Absolute. */
  readonly path: string;
  /** The instruction that takes it from there. */
  readonly copy: Instruction;
}

interface CopyInto {
  readonly copied: CopiedPath;
  /** Absolute, in the stage that it is copied into. */
  readonly to: string;
}

/** More are not followed. */
const mostPaths = 500;

/** What is copied out of the builder's stages into the target's, at once or by way of other stages of the builder's. */
export function builderCopies(build: BuildPlan): CopiedPath[] {
  const known = new Map<StagePlan, readonly CopyInto[]>();
  const into = (plan: StagePlan) => {
    const copies = known.get(plan) ?? copiesInto(build, plan);
    known.set(plan, copies);
    return copies;
  };
  const open = build.stages
    .filter(({ needed, platform }) => needed && platform === build.target)
    .flatMap((plan) => into(plan).map(({ copied }) => copied));
  const found = new Map<string, CopiedPath>();
  for (let copied = open.shift(); copied && found.size < mostPaths; copied = open.shift()) {
    const key = `${copied.from.stage.index} ${copied.path}`;
    if (found.has(key)) continue;
    found.set(key, copied);
    const { path } = copied;
    for (const plan of lineage(build, copied.from)) {
      const parts = into(plan).filter(({ to }) => isWithin(to, path) || isWithin(path, to));
      open.push(...parts.map(({ copied: part }) => part));
    }
  }
  return [...found.values()];
}

/** Paths that a stage takes from stages of the builder's, and where to. */
function copiesInto(build: BuildPlan, plan: StagePlan): CopyInto[] {
  let folder = folderAtStart(build, plan);
  return plan.stage.instructions.flatMap((copy) => {
    folder = folderAfter(build, plan, copy, folder);
    const from = copy.keyword === 'COPY' ? sourceOf(build, copy) : undefined;
    if (!from?.platform || !runsNatively(from.platform, build.builder)) return [];
    const all = paths(copy.text);
    const to = posix.resolve(folder, all.at(-1) ?? '');
    return all.slice(0, -1).map((path) => ({ copied: { from, path: posix.resolve('/', path), copy }, to }));
  });
}

function sourceOf(build: BuildPlan, copy: Instruction): StagePlan | undefined {
  const name = copy.flags.find((flag) => flag.name === 'from')?.value;
  if (name === undefined) return undefined;
  if (/^\d+$/.test(name)) return build.stages[Number(name)];
  return build.stages.findLast(({ stage }) => stage.name === name.toLowerCase());
}

/** A stage and those that it is built on, the lowest first. */
export function lineage(build: BuildPlan, plan: StagePlan): StagePlan[] {
  const found = [plan];
  for (let base = plan.base; base.kind === 'stage'; ) {
    const below = build.stages[base.index];
    if (!below) break;
    found.unshift(below);
    base = below.base;
  }
  return found;
}

/** The working directory in which a stage begins. */
export function folderAtStart(build: BuildPlan, plan: StagePlan): string {
  return lineage(build, plan)
    .slice(0, -1)
    .flatMap((below) => below.stage.instructions.map((instruction) => ({ below, instruction })))
    .reduce((folder, { below, instruction }) => folderAfter(build, below, instruction, folder), '/');
}

export function folderAfter(
  build: BuildPlan,
  { stage }: StagePlan,
  { keyword, text }: Instruction,
  folder: string,
): string {
  if (keyword !== 'WORKDIR') return folder;
  return posix.resolve(folder, expand(text, (name) => build.scopes[stage.index]?.get(name)?.value).text);
}

export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder.replace(/\/$/, '')}/`);
}
