import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { type Context, collectBytes, verified, type WrittenBlob } from '@catamaran/oci';
import type { Cache } from '../../cache/cache.ts';
import type { UnpackedPackage } from '../../packages/package-file.ts';
import { unpackInMemory } from '../../packages/unpack-in-memory.ts';
import { unpackToSpool } from '../../packages/unpack-to-spool.ts';

const smallBytes = 4 * 1024 * 1024;

/**
 * The files of a package that was packed earlier.
 * @returns undefined when the archive is not there any more, or was damaged: it is removed then
 */
export async function openPacked(
  { digest, sizeBytes }: WrittenBlob,
  cache: Cache,
  { signal }: Context,
): Promise<UnpackedPackage | undefined> {
  if (!(await cache.blobs.has(digest, sizeBytes))) return undefined;
  const descriptor = { mediaType: 'application/x-tar', digest, size: sizeBytes };
  const tar = verified(cache.blobs.read(digest), descriptor, `The package kept as ${digest}`);
  try {
    if (sizeBytes <= smallBytes) return await unpackInMemory(await collectBytes(tar));
    const path = await cache.toolFile('spool', randomBytes(8).toString('hex'));
    return await unpackToSpool(tar, path, () => true, signal);
  } catch {
    signal.throwIfAborted();
    await rm(cache.blobs.path(digest), { force: true });
    return undefined;
  }
}
