import { type Context, collectBytes, type Platform, parseDigest } from '@catamaran/oci';
import type { Cache } from '../../cache/cache.ts';
import { download } from '../../download/download.ts';
import { buildErrors } from '../../errors.ts';
import { compressions, decompress } from './decompress.ts';
import type { Release } from './release.ts';

const maxPackagesBytes = 64 * 1024 * 1024;

/**
 * The list of a component's packages, verified by the hash that the signed release has for it.
 * @throws CATA_ARCHIVE_INCOMPLETE and what `download` throws
 */
export async function fetchPackages(
  release: Release,
  component: string,
  platform: Platform,
  cache: Cache,
  ctx: Context,
): Promise<Uint8Array> {
  const path = `${component}/binary-${platform.architecture}/Packages`;
  const name = compressions.map((ending) => path + ending).find((candidate) => release.sha256.has(candidate));
  const listed = name && release.sha256.get(name);
  if (!name || !listed) throw buildErrors.CATA_ARCHIVE_INCOMPLETE({ url: release.url, path });
  const digest = parseDigest(`sha256:${listed.hash}`);
  if (await cache.blobs.has(digest, listed.sizeBytes)) {
    return decompress(name, await collectBytes(cache.blobs.read(digest)));
  }
  const options = { maxBytes: Math.min(listed.sizeBytes, maxPackagesBytes), sha256: listed.hash };
  const url = `${release.url}/${release.acquireByHash ? byHash(name, listed.hash) : name}`;
  const bytes = await download(url, options, ctx);
  await cache.blobs.write(digest, [bytes], ctx.signal);
  return decompress(name, bytes);
}

/** The name under which a mirror keeps this very version, also while it is being updated. */
function byHash(path: string, sha256: string): string {
  return `${path.slice(0, path.lastIndexOf('/'))}/by-hash/SHA256/${sha256}`;
}
