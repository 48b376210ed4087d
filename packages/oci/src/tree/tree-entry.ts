import { CatamaranError } from '../errors/catamaran-error.ts';
import { ociErrors } from '../errors/errors.ts';
import { messageOf } from '../errors/message-of.ts';
import type { Layer } from '../layer/layer.ts';
import type { Digest } from '../model/digest.ts';
import { isUnsafePath, type ReadEntry, readTar } from '../tar/read-tar.ts';
import { FolderLimit } from './folder-limit.ts';

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

/** Twice PATH_MAX: nobody can unpack it, and a tree of it would have a folder for each letter. */
const longestPath = 8192;

/**
 * A layer's entries with their contents, safe to be joined to a folder's path.
 * @throws CATA_TAR_PATH_UNSAFE, CATA_LAYER_UNREADABLE
 */
export async function* readLayer(layer: Layer): AsyncIterable<ReadEntry> {
  const { digest } = await layer.descriptor();
  const folders = new FolderLimit();
  for await (const entry of coded(readTar(layer.uncompressed()), digest)) {
    if (isUnsafePath(entry.path) || (entry.type === 'hardlink' && isUnsafePath(entry.target))) {
      throw ociErrors.CATA_TAR_PATH_UNSAFE({ archive: digest, path: entry.path });
    }
    if (entry.path.length > longestPath) {
      const reason = `it has a path of ${entry.path.length} characters, twice what Linux takes`;
      throw ociErrors.CATA_LAYER_UNREADABLE({ digest, reason });
    }
    if (folders.isExceededBy(entry.path)) {
      throw ociErrors.CATA_LAYER_UNREADABLE({ digest, reason: 'its paths lead through a million folders' });
    }
    yield { ...entry, content: () => coded(entry.content(), digest) };
  }
}

/** Passes on what comes; what the tar reader throws becomes an error of ours. */
async function* coded<T>(source: AsyncIterable<T>, digest: Digest): AsyncIterable<T> {
  try {
    yield* source;
  } catch (cause) {
    if (cause instanceof CatamaranError) throw cause;
    const reason = messageOf(cause);
    throw ociErrors.CATA_LAYER_UNREADABLE({ digest, reason }, { cause });
  }
}

export function treeEntry({ path, type, mode, uid, gid, sizeBytes, target }: ReadEntry): TreeEntry {
  return { path, type, mode, uid, gid, sizeBytes, target };
}
