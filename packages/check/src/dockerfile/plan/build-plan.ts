import type { Dockerfile, Stage } from '../syntax/instruction.ts';
import { type Binding, inherited, type Scope } from './scope.ts';

export type Base =
  | { readonly kind: 'stage'; readonly index: number }
  | { readonly kind: 'image'; readonly name: string }
  | { readonly kind: 'scratch' };

/** A stage in a build for one target. */
export interface StagePlan {
  readonly stage: Stage;
  readonly base: Base;
  /** What its instructions run as; undefined when that cannot be known. */
  readonly platform?: string;
  /** The stage in which that was said: this one, or the one that it is built on. */
  readonly root: number;
  /** Stages that it takes something from, and the one that it is FROM. */
  readonly sources: readonly number[];
  readonly needed: boolean;
  /** It is what the image is made of, or built on by that. */
  readonly isOutput: boolean;
}

/** What BuildKit would build of a Dockerfile for one target. */
export interface BuildPlan {
  readonly dockerfile: Dockerfile;
  readonly target: string;
  readonly builder: string;
  readonly buildArguments: ReadonlyMap<string, string>;
  /** What FROM lines see. */
  readonly globals: Scope;
  readonly stages: readonly StagePlan[];
  /** What is set at the end of each stage. */
  readonly scopes: readonly Scope[];
}

/** What is set where a stage starts; for whoever follows its instructions. */
export function scopeAtStart(build: BuildPlan, { base }: StagePlan): Map<string, Binding> {
  const below = base.kind === 'stage' ? base.index : -1;
  return inherited(build.stages[below]?.stage.instructions ?? [], build.scopes[below], build);
}
