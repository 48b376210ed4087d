import { ociErrors } from '../errors/errors.ts';
import type { HistoryEntry, ImageConfig } from '../model/image-config.ts';

/**
 * What an image says of how it was made, for another one to be put on it: never rewritten, and, as one entry belongs to
 * each layer, completed where it says nothing of some.
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md#properties, "history"
 * @throws CATA_MANIFEST_INVALID when it tells of more layers than there are
 */
export function baseHistory({ history, rootfs, created }: ImageConfig): readonly HistoryEntry[] {
  const told = history ?? [];
  const missing = rootfs.diff_ids.length - told.filter((entry) => entry.empty_layer !== true).length;
  if (missing < 0) {
    throw ociErrors.CATA_MANIFEST_INVALID({
      subject: 'The configuration of the base',
      reason: `its history tells of ${rootfs.diff_ids.length - missing} layers, and it has ${rootfs.diff_ids.length}`,
    });
  }
  const silent: HistoryEntry = { ...(created ? { created } : {}), comment: 'not in the history of the base' };
  return [...told, ...Array.from({ length: missing }, () => silent)];
}
