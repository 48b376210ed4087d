import type { ImageTree, PlacedEntry } from '@catamaran/oci';
import type { ScannedLayer } from './rule.ts';

/**
 * What is left of a layer in the end, each path once, of the entries whose mode has one of these bits: few have, and the
 * rest need not be looked for.
 */
export function* remainingEntries(
  { index, scan }: ScannedLayer,
  image: Pick<ImageTree, 'get'>,
  modeBits: number,
): Iterable<PlacedEntry> {
  const seen = new Set<PlacedEntry>();
  for (const { path, mode } of scan.entries) {
    if ((mode & modeBits) === 0) continue;
    const placed = image.get(path);
    if (placed?.layerIndex !== index || seen.has(placed)) continue;
    seen.add(placed);
    yield placed;
  }
}
