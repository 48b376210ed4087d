import { type Dirent, existsSync } from 'node:fs';
import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { buildErrors } from '../../errors.ts';
import { type PackageManifest, readManifest } from './package-manifest.ts';
import { type Stage, stagedManifest } from './stage.ts';

/** What an install has made, by location: a path from the root, as in "node_modules/debug". */
export interface StageTree {
  /** The project and the workspaces, of which only the package.json is there, and what is linked to like them. */
  readonly workspaces: ReadonlyMap<string, PackageManifest>;
  /** Folders of packages. */
  readonly packages: ReadonlyMap<string, PackageManifest>;
  /** Links, with the locations of what they lead to. */
  readonly links: ReadonlyMap<string, string>;
  /** Workspaces that are copied into a store, with the locations of what they are copies of. */
  readonly copies: ReadonlyMap<string, string>;
}

/** Finds the packages of all node_modules folders. @throws CATA_INSTALL_OUTSIDE */
export async function readStageTree(stage: Stage): Promise<StageTree> {
  const workspaces = new Map<string, PackageManifest>();
  const packages = new Map<string, PackageManifest>();
  const links = new Map<string, string>();
  const root = await realpath(stage.folder);

  async function scan(owner: string): Promise<void> {
    await scanNames(location(owner, 'node_modules'));
  }

  async function scanNames(folder: string, isScope = false): Promise<void> {
    for (const entry of await entriesOf(join(root, folder))) {
      const path = location(folder, entry.name);
      if (entry.isSymbolicLink()) links.set(path, await leadsTo(path));
      else if (!entry.isDirectory()) continue;
      else if (entry.name.startsWith('.')) await scanStore(path);
      else if (entry.name.startsWith('@') && !isScope) await scanNames(path, true);
      else await scanPackage(path);
    }
  }

  /** pnpm's and Bun's: a folder for each package, with a node_modules of its own for it and what it needs. */
  async function scanStore(folder: string): Promise<void> {
    for (const entry of await entriesOf(join(root, folder))) {
      if (!entry.isDirectory()) continue;
      const path = location(folder, entry.name);
      await (entry.name === 'node_modules' ? scanNames(path) : scan(path));
    }
  }

  async function scanPackage(path: string): Promise<void> {
    const text = await readFile(join(root, path, 'package.json'), 'utf8').catch(() => undefined);
    if (text === undefined) return;
    packages.set(path, readManifest(text));
    await scan(path);
  }

  async function leadsTo(path: string): Promise<string> {
    const absolute = join(root, path);
    const target = resolve(dirname(absolute), await readlink(absolute));
    const real = await realpath(absolute).catch(() => target);
    const found = relative(root, real).split(sep).join('/');
    // What is not there is linked to in the project, and bundled from there.
    if (found.startsWith('../') && existsSync(real)) {
      throw buildErrors.CATA_INSTALL_OUTSIDE({ path, target: real, lockfile: stage.lockfile.path });
    }
    return found;
  }

  for (const folder of stage.workspaces) {
    if (!existsSync(join(root, folder, 'package.json'))) continue;
    workspaces.set(folder, await stagedManifest(stage, folder));
    await scan(folder);
  }
  for (const target of links.values()) {
    if (!packages.has(target)) workspaces.set(target, await stagedManifest(stage, target));
  }
  return { links, ...apart(workspaces, packages) };
}

/** A workspace that pnpm has copied into its store is there without its source, as all of them are. */
function apart(
  workspaces: ReadonlyMap<string, PackageManifest>,
  packages: ReadonlyMap<string, PackageManifest>,
): Omit<StageTree, 'links'> {
  const byName = new Map([...workspaces].map(([path, { name }]) => [name, path]));
  const copies = new Map<string, string>();
  for (const [path, { name }] of packages) {
    const original = name === undefined ? undefined : byName.get(name);
    if (original !== undefined && /\/\.[^/]+\/[^/]+@file\+/.test(`/${path}`)) copies.set(path, original);
  }
  const isCopy = ([path]: readonly [string, PackageManifest]) => copies.has(path);
  return {
    workspaces: new Map([...workspaces, ...[...packages].filter(isCopy)]),
    packages: new Map([...packages].filter((entry) => !isCopy(entry))),
    copies,
  };
}

export function location(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Sorted, so that nothing depends on how a file system keeps them. */
async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Finds a name from a location as Node does, links followed.
 * https://nodejs.org/api/modules.html#loading-from-node_modules-folders
 */
export function resolveName(
  has: (location: string) => boolean,
  links: ReadonlyMap<string, string>,
  from: string,
  name: string,
): string | undefined {
  for (let folder = from; ; folder = parentOf(folder)) {
    if (folder !== 'node_modules' && !folder.endsWith('/node_modules')) {
      const path = location(folder, `node_modules/${name}`);
      const found = links.get(path) ?? (has(path) ? path : undefined);
      if (found !== undefined) return found;
    }
    if (folder === '') return undefined;
  }
}

function parentOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}
