import type { ImageTree, PlacedEntry } from '@catamaran/oci';
import type { ScannedLayer } from './rule.ts';

/** What is left of a layer in the end, each path once. */
export function* remainingEntries(
  { index, scan }: ScannedLayer,
  image: Pick<ImageTree, 'get'>,
): Iterable<PlacedEntry> {
  const seen = new Set<PlacedEntry>();
  for (const { path } of scan.entries) {
    const placed = image.get(path);
    if (placed?.layerIndex !== index || seen.has(placed)) continue;
    seen.add(placed);
    yield placed;
  }
}
