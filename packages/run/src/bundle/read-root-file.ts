import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageTree } from '@catamaran/oci';

/** An unpacked image: what is in it, and where. */
export interface Root {
  readonly tree: ImageTree;
  readonly folder: string;
}

/**
 * The beginning of a file in an unpacked image, or undefined when there is none. The tree follows the links,
 * so that one which points out of the image is never followed on the host.
 */
export async function readRootFile(
  root: Root,
  path: string,
  limitBytes: number,
): Promise<Uint8Array | undefined> {
  const entry = root.tree.resolve(path);
  if (entry?.type !== 'file') return undefined;
  const handle = await open(join(root.folder, entry.path), constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(limitBytes), 0, limitBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
