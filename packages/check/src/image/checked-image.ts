import { composeTree, type ExecutionConfig, type PlacedEntry, type Platform } from '@catamaran/oci';
import type { ElfFile } from '../elf/elf-file.ts';
import type { CheckedImage, ScannedLayer } from '../rules/rule.ts';

/** What rules are told of an image whose layers were scanned. */
export function checkedImage(
  layers: readonly ScannedLayer[],
  platform: Platform,
  execution: ExecutionConfig,
): CheckedImage {
  const tree = composeTree(layers.map(({ scan }) => scan.entries));
  const files = new Map(
    layers.flatMap(({ index, scan }) => scan.elf.map((file) => [contentKey(file.path, index), file])),
  );
  const elfIn = (entry: PlacedEntry | undefined) =>
    entry?.type === 'file' ? files.get(contentKey(entry.path, entry.layerIndex)) : undefined;
  const elfAt = (entry: PlacedEntry) => elfIn(entry.type === 'hardlink' ? tree.resolve(entry.path) : entry);
  return {
    ...tree,
    platform,
    execution,
    layers,
    elfFiles: remaining(tree.entries(), elfAt),
    elf: (path) => elfIn(tree.resolve(path)),
    text: (path) => {
      const entry = tree.resolve(path);
      return entry && layers[entry.layerIndex]?.scan.texts[entry.path];
    },
  };
}

/** A layer's files are known by their names in it, of which a hard link may be all that is left. */
function contentKey(path: string, layerIndex: number): string {
  return `${layerIndex}:${path}`;
}

/** Every ELF file once, by a name that it has in the finished tree. */
function remaining(
  entries: Iterable<PlacedEntry>,
  elf: (entry: PlacedEntry) => ElfFile | undefined,
): readonly ElfFile[] {
  const names = new Map<ElfFile, string>();
  for (const entry of entries) {
    const file = elf(entry);
    if (file && (entry.type === 'file' || !names.has(file))) names.set(file, entry.path);
  }
  const files = [...names].map(([file, path]) => (file.path === path ? file : { ...file, path }));
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
