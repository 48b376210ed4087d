import { expand } from '../syntax/expand.ts';
import type { Dockerfile, Instruction, Stage } from '../syntax/instruction.ts';
import { automaticArguments } from './automatic-arguments.ts';
import type { Base, BuildPlan, StagePlan } from './build-plan.ts';
import { closure } from './closure.ts';
import { platformText } from './platform-text.ts';
import { type Binding, declare, inherited, type Scope } from './scope.ts';
import { sourceNames } from './source-names.ts';

export interface BuildWanted {
  /** Normalised, as are all platforms here. */
  readonly target: string;
  readonly builder: string;
  readonly buildArguments: ReadonlyMap<string, string>;
  /** The stage to build, by index; the last one otherwise. */
  readonly stage?: number;
}

type Unjudged = Omit<StagePlan, 'needed' | 'isOutput' | 'sources'>;

/** Follows a Dockerfile as BuildKit does for one target: platforms of stages, and which stages are needed. */
export function planBuild(dockerfile: Dockerfile, wanted: BuildWanted): BuildPlan {
  const globals = globalScope(dockerfile, wanted);
  const stages: Unjudged[] = [];
  const scopes: Scope[] = [];
  const named = new Map<string, number>();
  for (const stage of dockerfile.stages) {
    const plan = planStage(stage, stages, named, globals, wanted);
    stages.push(plan);
    const below = plan.base.kind === 'stage' ? plan.base.index : -1;
    const triggers = dockerfile.stages[below]?.instructions ?? [];
    const scope = inherited(triggers, scopes[below], { ...wanted, globals });
    for (const instruction of stage.instructions) declare(scope, instruction, { ...wanted, globals });
    scopes.push(scope);
    if (stage.name !== undefined) named.set(stage.name, stage.index);
  }
  const sources = stages.map((plan) => sourcesOf(plan, stages, named));
  const output = wanted.stage ?? stages.length - 1;
  const needed = closure(output, (index) => sources[index] ?? []);
  const chain = closure(output, (index) => baseOf(stages[index]?.base));
  const judged = stages.map((plan, index) => ({
    ...plan,
    sources: sources[index] ?? [],
    needed: needed.has(index),
    isOutput: chain.has(index),
  }));
  return { dockerfile, ...wanted, globals, stages: judged, scopes };
}

function globalScope(dockerfile: Dockerfile, wanted: BuildWanted): Scope {
  const scope = new Map<string, Binding>();
  for (const [name, value] of Object.entries(automaticArguments(wanted.target, wanted.builder))) {
    scope.set(name, { by: 'BuildKit', line: 0, value: wanted.buildArguments.get(name) ?? value });
  }
  for (const instruction of dockerfile.globals) {
    declare(scope, instruction, { ...wanted, globals: scope });
  }
  return scope;
}

function planStage(
  stage: Stage,
  earlier: readonly Unjudged[],
  named: ReadonlyMap<string, number>,
  globals: Scope,
  wanted: BuildWanted,
): Unjudged {
  const globalValue = (name: string) => globals.get(name)?.value;
  const expanded = expand(stage.base, globalValue);
  const base = baseNamed(expanded.unset.length > 0 ? stage.base : expanded.text, named);
  const below = base.kind === 'stage' ? earlier[base.index] : undefined;
  // As BuildKit has it: a flag on "FROM stage" and on "FROM scratch" changes nothing.
  if (below) return { stage, base, root: below.root, ...(below.platform && { platform: below.platform }) };
  const own = base.kind === 'scratch' ? undefined : stage.platform;
  const platform = own === undefined ? wanted.target : platformText(expand(own, globalValue).text);
  return { stage, base, root: stage.index, ...(platform && { platform }) };
}

function baseNamed(name: string, named: ReadonlyMap<string, number>): Base {
  const index = named.get(name.toLowerCase());
  if (index !== undefined) return { kind: 'stage', index };
  return name === 'scratch' ? { kind: 'scratch' } : { kind: 'image', name };
}

function baseOf(base: Base | undefined): readonly number[] {
  return base?.kind === 'stage' ? [base.index] : [];
}

function sourcesOf(
  { stage, base }: Unjudged,
  stages: readonly Unjudged[],
  named: ReadonlyMap<string, number>,
): number[] {
  const below = base.kind === 'stage' ? stages[base.index]?.stage : undefined;
  // What a base keeps with ONBUILD is carried out in the stage that is FROM it.
  const triggers = (below?.instructions ?? []).flatMap(({ trigger }) => trigger ?? []);
  const instructions: readonly Instruction[] = [...triggers, ...stage.instructions];
  const named_ = instructions.flatMap(sourceNames).flatMap(({ name, isCopy }) => {
    if (isCopy && /^\d+$/.test(name)) return Number(name) < stages.length ? [Number(name)] : [];
    return named.get(name.toLowerCase()) ?? [];
  });
  return [...baseOf(base), ...named_];
}
