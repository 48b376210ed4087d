import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Context, createContext, formatPlatform } from '@catamaran/oci';
// biome-ignore lint/correctness/noUndeclaredDependencies: for tests only, and those have it from the root.
import { expect } from 'vitest';
import { openCache } from '../src/cache/cache.ts';
import { type NpmDependencyOptions, npmDependencies } from '../src/dependencies/npm-dependencies.ts';
import { type InputLog, noInputs } from '../src/inputs/input-log.ts';
import { npmOptionsFrom } from '../src/npm/npm-options.ts';
import { packageStore } from '../src/packages/package-store.ts';
import type { Project } from '../src/project/project.ts';
import { npmCpu, type Target } from '../src/target/target.ts';
import { type InstalledTree, treeInLayers, treeOnDisk } from './installed-tree.ts';
import { nativeServices } from './native-request.ts';
import { nodeProject } from './node-project.ts';
import { npm } from './npm-command.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface OracleCase {
  /** The lockfile's folder. */
  readonly root: string;
  /** The project's folder in it. */
  readonly workspace?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly links?: NpmDependencyOptions['links'];
  readonly app?: Partial<Project['app']>;
  readonly inputs?: InputLog;
  readonly built?: Promise<unknown>;
}

/** What npm installs for a target in a copy of the project. */
async function installedByNpm({ root, workspace, env }: OracleCase, target: Target): Promise<InstalledTree> {
  const around = temporaryFolder();
  cpSync(join(root, '..'), around, { recursive: true, verbatimSymlinks: true });
  const copy = join(around, basename(root));
  const flags = [
    '--omit=dev',
    '--ignore-scripts',
    '--os=linux',
    `--cpu=${npmCpu(target)}`,
    `--libc=${target.libc}`,
  ];
  await npm(copy, env, 'ci', ...flags, ...(workspace ? ['-w', workspace] : []));
  return treeOnDisk(copy, isBelowModules);
}

/** What the layers of a project have for a target. */
export async function installedByUs(
  { root, workspace = '', env, links = 'all', app = {}, inputs = noInputs, built }: OracleCase,
  target: Target,
  ctx: Context,
  isWanted = isBelowModules,
): Promise<InstalledTree> {
  const project = nodeProject(join(root, workspace), app);
  const cache = openCache(temporaryFolder());
  const npmOptions = npmOptionsFrom(project.folder, env);
  await using packages = packageStore(cache, npmOptions, 0);
  const services = {
    ...nativeServices(),
    cache,
    npmOptions,
    packages,
    inputs,
    env,
    folder: project.folder,
  };
  const withBuilt = built ? { ...services, built } : services;
  const source = await npmDependencies(project, [target], withBuilt, { links });
  return treeInLayers(await source.layers(target, ctx), isWanted);
}

/** What npm keeps there for itself does not count. */
function isBelowModules(path: string): boolean {
  return /(^|\/)node_modules\//.test(path) && !path.endsWith('node_modules/.package-lock.json');
}

export function nameOf(target: Target): string {
  return `${formatPlatform(target.platform)} ${target.libc}`;
}

/** What both have: the same. */
export async function expectNpms(oracle: OracleCase, target: Target, ctx: Context = createContext()) {
  const [ours, npms] = [await installedByUs(oracle, target, ctx), await installedByNpm(oracle, target)];
  expect(Object.keys(npms).length).toBeGreaterThan(0);
  expect(ours).toEqual(npms);
  return ours;
}
