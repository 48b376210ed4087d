import type { ImageTree } from '@catamaran/oci';
import type { ContentEntry, LayerContents } from '../layer-contents.ts';
import type { PackageKind } from './package-file.ts';

/** Versions by name, by kind. npm has several versions of one package in an image. */
export type ImagePackages = Readonly<Record<PackageKind, ReadonlyMap<string, readonly string[]>>>;

/** The packages of a finished tree: what its files tell of, without those of which a later layer has another or none. */
export function imagePackages(
  layers: readonly LayerContents[],
  tree: ImageTree<ContentEntry>,
): ImagePackages {
  const found: Record<PackageKind, Map<string, Set<string>>> = {
    debian: new Map(),
    alpine: new Map(),
    npm: new Map(),
  };
  layers.forEach(({ packages }, layerIndex) => {
    // A path that a layer has twice tells what it tells the second time.
    const last = new Map(packages.map((file) => [file.path, file]));
    for (const { kind, path, packages: told } of last.values()) {
      if (tree.get(path)?.layerIndex !== layerIndex) continue;
      for (const { name, version } of told) {
        const versions = found[kind].get(name);
        if (versions) versions.add(version);
        else found[kind].set(name, new Set([version]));
      }
    }
  });
  return { debian: sorted(found.debian), alpine: sorted(found.alpine), npm: sorted(found.npm) };
}

function sorted(found: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, readonly string[]> {
  const byName = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(byName.map(([name, versions]) => [name, [...versions].sort()]));
}
