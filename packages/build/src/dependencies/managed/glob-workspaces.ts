import { glob } from 'node:fs/promises';
import { posix, sep } from 'node:path';
import type { ManifestReader } from './manifest-reader.ts';

/** The workspaces' folders, by the patterns in the root's package.json: for lockfiles that do not list them. */
export async function globWorkspaces(read: ManifestReader): Promise<readonly string[]> {
  const { workspaces } = (await read.manifest('')) ?? {};
  const patterns = Array.isArray(workspaces) ? workspaces : (workspaces?.packages ?? []);
  const found = new Set<string>();
  for (const pattern of patterns.filter((one) => !one.startsWith('!'))) {
    for (const folder of await matching(pattern, read)) found.add(folder);
  }
  for (const pattern of patterns.filter((one) => one.startsWith('!'))) {
    for (const folder of await matching(pattern.slice(1), read)) found.delete(folder);
  }
  return [...found].sort();
}

async function matching(pattern: string, read: ManifestReader): Promise<readonly string[]> {
  const clean = posix.normalize(pattern).replace(/\/$/, '');
  // A workspace that is added later is noticed in the folder that the pattern begins with.
  await read.names(clean.split('/').slice(0, wildcardAt(clean)).join('/'));
  const options = { cwd: read.root, exclude: (name: string) => name === 'node_modules' };
  const folders: string[] = [];
  for await (const path of glob(`${clean}/package.json`, options)) {
    folders.push(posix.dirname(path.split(sep).join('/')));
  }
  return folders;
}

function wildcardAt(pattern: string): number {
  const parts = pattern.split('/');
  const at = parts.findIndex((part) => /[*?[{]/.test(part));
  return at === -1 ? parts.length - 1 : at;
}
