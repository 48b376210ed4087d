import type { Context, ExecutionConfig, Layer, Platform } from '@catamaran/oci';
import type { Project } from '../project/project.ts';

/** A layer that says, for the image's history, what is in it. */
export interface BuiltLayer extends Layer {
  readonly createdBy: string;
}

/** Turns a project into what is put on top of a base. */
export interface Builder {
  readonly kind: string;
  /** Layers that do not depend on the platform have the same digest for every one. */
  layers(project: Project, platform: Platform, ctx: Context): Promise<readonly BuiltLayer[]>;
  /** How the result is started. */
  execution(project: Project, platform: Platform, ctx: Context): Promise<ExecutionConfig>;
}

export function builtLayer(layer: Layer, createdBy: string): BuiltLayer {
  return { ...layer, createdBy };
}
