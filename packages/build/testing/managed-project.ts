import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Context, Layer } from '@catamaran/oci';
// biome-ignore lint/correctness/noUndeclaredDependencies: for tests only, and those have it from the root.
import { onTestFinished } from 'vitest';
import { type Cache, openCache } from '../src/cache/cache.ts';
import { projectDependencies } from '../src/dependencies/project-dependencies.ts';
import { RecordedInputs } from '../src/inputs/input-log.ts';
import { packageStore } from '../src/packages/package-store.ts';
import type { Project } from '../src/project/project.ts';
import type { Target } from '../src/target/target.ts';
import { listLayer, recordingContext } from './layer-tools.ts';
import { nativeServices } from './native-request.ts';
import { nodeProject } from './node-project.ts';
import { npmOptionsFor } from './npm-registry.ts';
import { type installManagers, type ManagerUnderTest, managerEnvironment } from './package-managers.ts';
import { targetOf } from './target-of.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { writeFiles } from './write-files.ts';

const run = promisify(execFile);
type Environment = Readonly<Record<string, string | undefined>>;

/** The command of each that makes a lockfile, and as little else as it can. */
const locks = {
  pnpm: ['install', '--lockfile-only'],
  yarn1: ['install', '--ignore-scripts', '--ignore-platform'],
  yarn: ['install', '--mode=skip-build'],
  bun: ['install', '--lockfile-only'],
} as const;

/** Writes a project and has its package manager lock it. What comes after `files` is in the order of their making. */
export async function lockedProject(
  pathOf: Awaited<ReturnType<typeof installManagers>>,
  manager: ManagerUnderTest,
  files: Readonly<Record<string, unknown>>,
): Promise<{ root: string; env: Environment }> {
  const root = writeFiles(temporaryFolder(), files);
  const env = await managerEnvironment(pathOf(manager), temporaryFolder());
  const command = manager.replace(/\d+$/, '') as 'pnpm' | 'yarn' | 'bun';
  await run(command, locks[manager === 'yarn1' ? 'yarn1' : command], { cwd: root, env });
  return { root, env };
}

export interface OpenOptions {
  readonly env: Environment;
  readonly cache?: Cache;
  /** From the root. */
  readonly workspace?: string;
  readonly targets?: readonly Target[];
  readonly app?: Partial<Project['app']>;
  readonly ctx?: Partial<Context>;
  /** As in `DependencyServices`. */
  readonly built?: Promise<unknown>;
}

/** A locked project's dependencies, as a build of it gets them. */
export async function openDependencies(root: string, options: OpenOptions) {
  const { env, cache = openCache(temporaryFolder()), workspace = '', app = {} } = options;
  const { targets = [targetOf('linux/amd64')] } = options;
  const folder = join(root, workspace);
  // Nobody answers there: all that is needed comes from the package manager.
  const npmOptions = npmOptionsFor('http://127.0.0.1:1', ['fetch-retries=0']);
  const inputs = new RecordedInputs();
  const packages = packageStore(cache, npmOptions, 0);
  onTestFinished(() => packages[Symbol.asyncDispose]());
  const { built = Promise.resolve() } = options;
  const services = { ...nativeServices({ cache, npmOptions, folder, inputs }), packages, env, built };
  const { ctx, steps } = recordingContext(options.ctx);
  const source = await projectDependencies(nodeProject(folder, app), targets, services, ctx);
  const layersOf = async (target: Target | undefined = targets[0]) =>
    target ? Promise.all((await source.layers(target, ctx)).map(describeLayer)) : [];
  return { source, inputs, steps, layersOf };
}

async function describeLayer(layer: Layer & { readonly createdBy: string }) {
  const entries = await listLayer(layer);
  return {
    name: layer.createdBy,
    digest: (await layer.descriptor()).digest,
    entries: entries.map(({ path, type, mode, target, text }) => ({ path, type, mode, target, text })),
    /** As in "debug@2.6.9", sorted. */
    packages: entries
      .flatMap(({ path, text }) => {
        if (!/node_modules\/(?:@[^/]+\/)?[^/]+\/package\.json$/.test(path)) return [];
        const { name, version } = JSON.parse(text) as { name: string; version: string };
        return [`${name}@${version}`];
      })
      .sort(),
  };
}
