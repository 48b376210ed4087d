import { type Context, composeTree, type Image, type ImageTree, type Layer } from '@catamaran/oci';
import { type FileChange, fileChanges } from './file-changes.ts';
import type { ContentEntry, ContentsCache, LayerContents } from './layer-contents.ts';
import { type PackageChange, packageChanges } from './package-changes.ts';
import { imagePackages } from './packages/image-packages.ts';
import { readContents } from './read-contents.ts';

export interface FilesComparison {
  readonly files: readonly FileChange[];
  readonly packages: readonly PackageChange[];
}

/**
 * What differs between the files of two images. Layers at the bottom that both have are read only where it matters what
 * is in them: where the layers above have the same paths, and remove nothing, it does not.
 */
export async function compareFiles(
  before: Image,
  after: Image,
  cache: ContentsCache,
  ctx: Context,
): Promise<FilesComparison> {
  const [old, now] = [await before.layers(), await after.layers()];
  const shared = await sharedAtBottom(old, now);
  const all = await readContents([...old.slice(shared), ...now.slice(shared)], cache, ctx);
  const [oldAbove, nowAbove] = [all.slice(0, old.length - shared), all.slice(old.length - shared)];
  if (shared === 0 || isDecided(oldAbove, nowAbove)) return compare(oldAbove, nowAbove);
  const below = await readContents(old.slice(0, shared), cache, ctx);
  return compare([...below, ...oldAbove], [...below, ...nowAbove]);
}

async function sharedAtBottom(a: readonly Layer[], b: readonly Layer[]): Promise<number> {
  const [left, right] = await Promise.all(
    [a, b].map((layers) => Promise.all(layers.map((one) => one.diffId()))),
  );
  const differs = (left ?? []).findIndex((diffId, at) => diffId !== right?.[at]);
  return differs === -1 ? a.length : differs;
}

/** Whether the layers above say all, whatever lies below them. */
function isDecided(a: readonly LayerContents[], b: readonly LayerContents[]): boolean {
  const trees = [treeOf(a), treeOf(b)];
  return [a, b].every((layers, side) =>
    layers.every(({ entries }) => entries.every((entry) => isDecidedAt(entry, trees, trees[side]))),
  );
}

/**
 * A whiteout removes who knows what; so does what is no folder, of what is below a folder at its path; and a hard link may
 * be one to something in a layer below.
 */
function isDecidedAt(
  { path, type }: ContentEntry,
  trees: readonly ImageTree<ContentEntry>[],
  own: ImageTree<ContentEntry> | undefined,
): boolean {
  const isFolder = type === 'directory';
  if (path === '') return true;
  const placed = own?.get(path);
  const isKnown = placed && (placed.type !== 'hardlink' || own?.content(placed) !== placed);
  if (isKnown !== true) return false;
  return trees.every((tree) => {
    const found = tree.get(path);
    return found !== undefined && (found.type === 'directory') === isFolder;
  });
}

function compare(before: readonly LayerContents[], after: readonly LayerContents[]): FilesComparison {
  const [old, now] = [treeOf(before), treeOf(after)];
  return {
    files: fileChanges(old, now),
    packages: packageChanges(imagePackages(before, old), imagePackages(after, now)),
  };
}

function treeOf(layers: readonly LayerContents[]): ImageTree<ContentEntry> {
  return composeTree(layers.map(({ entries }) => entries));
}
