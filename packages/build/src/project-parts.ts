import { baseTarget } from './bases/base-target.ts';
import { projectBase } from './bases/project-base.ts';
import type { OpenRegistry } from './bases/registry/base-registry.ts';
import type { BuildParts } from './build-index.ts';
import { nodeBuilder } from './builders/node/node-builder.ts';
import type { Cache } from './cache/cache.ts';
import type { InputLog } from './inputs/input-log.ts';
import { npmOptionsFrom, npmScriptEnvFrom } from './npm/npm-options.ts';
import { packageStore } from './packages/package-store.ts';
import type { Project } from './project/project.ts';

export interface Surroundings {
  readonly cache: Cache;
  /** Told of everything of the project that is read. */
  readonly inputs: InputLog;
  /** Environment variables, for npm's own configuration and for the project's command. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Opened when the base is in a registry and has to be asked for there. */
  readonly registry: OpenRegistry;
}

/** What a build is made of, and what it holds open until it is done. */
export interface ProjectParts extends BuildParts, AsyncDisposable {}

/** The base and the builder that a project's configuration asks for. */
export async function projectParts(
  project: Project,
  { cache, env, inputs, registry }: Surroundings,
): Promise<ProjectParts> {
  const base = projectBase(project, { cache, inputs, registry });
  const npmOptions = npmOptionsFrom(project.folder, env);
  const packages = packageStore(cache, npmOptions, project.sourceDateEpoch);
  return {
    [Symbol.asyncDispose]: () => packages[Symbol.asyncDispose](),
    base,
    cache,
    builder: nodeBuilder({
      targetOf: baseTarget(project, base, cache),
      cache,
      npmOptions,
      scriptEnv: npmScriptEnvFrom(project.folder, env),
      folder: project.folder,
      packages,
      inputs,
      env,
    }),
  };
}
