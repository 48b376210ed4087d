import { ociErrors } from '../errors/errors.ts';
import type { Layer } from '../layer/layer.ts';
import { isUnsafePath, type ReadEntry, readTar } from '../tar/read-tar.ts';

/** What a layer says about a path; JSON all through, so that it can be kept. */
export interface TreeEntry {
  readonly path: string;
  readonly type: ReadEntry['type'];
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly sizeBytes: number;
  /** A symlink's text, or the path that a hard link shares its content with; "" for the rest. */
  readonly target: string;
}

/** A layer's entries with their contents, safe to be joined to a folder's path. */
export async function* readLayer(layer: Layer): AsyncIterable<ReadEntry> {
  for await (const entry of readTar(layer.uncompressed())) {
    if (isUnsafePath(entry.path) || (entry.type === 'hardlink' && isUnsafePath(entry.target))) {
      const { digest } = await layer.descriptor();
      throw ociErrors.CATA_TAR_PATH_UNSAFE({ archive: digest, path: entry.path });
    }
    yield entry;
  }
}

export function treeEntry({ path, type, mode, uid, gid, sizeBytes, target }: ReadEntry): TreeEntry {
  return { path, type, mode, uid, gid, sizeBytes, target };
}
