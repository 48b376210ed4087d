import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { collectBytes, type Layer, readLayer } from '@catamaran/oci';

/** By path, a file's content and whether it can be executed, or a link's target. */
export type InstalledTree = Readonly<Record<string, string>>;

/** What npm has installed in a folder. */
export function treeOnDisk(root: string, isWanted: (path: string) => boolean): InstalledTree {
  const tree: Record<string, string> = {};
  const visit = (path: string) => {
    for (const name of readdirSync(join(root, path)).sort()) {
      const inside = path === '' ? name : `${path}/${name}`;
      const stats = lstatSync(join(root, inside));
      if (stats.isSymbolicLink()) tree[inside] = `-> ${readlinkSync(join(root, inside))}`;
      else if (stats.isDirectory()) visit(inside);
      else tree[inside] = describe(readFileSync(join(root, inside)), stats.mode);
    }
  };
  visit('');
  return ofWanted(tree, isWanted);
}

/** What layers put into the application's folder, one on top of the other. */
export async function treeInLayers(
  layers: readonly Layer[],
  isWanted: (path: string) => boolean,
): Promise<InstalledTree> {
  const tree: Record<string, string> = {};
  for (const layer of layers) {
    for await (const entry of readLayer(layer)) {
      const path = entry.path.replace(/^app\//, '');
      if (entry.type === 'symlink') tree[path] = `-> ${entry.target}`;
      if (entry.type === 'file') tree[path] = describe(await collectBytes(entry.content()), entry.mode);
    }
  }
  return ofWanted(tree, isWanted);
}

function describe(content: Uint8Array, mode: number): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  const start = Buffer.from(content.subarray(0, 60)).toString('utf8');
  return `${mode & 0o100 ? 'executable' : 'file'} ${hash} ${start}`;
}

function ofWanted(tree: InstalledTree, isWanted: (path: string) => boolean): InstalledTree {
  const rows = Object.entries(tree).filter(([path]) => isWanted(path));
  return Object.fromEntries(rows.sort(([a], [b]) => (a < b ? -1 : 1)));
}
