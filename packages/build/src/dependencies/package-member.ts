import {
  type Context,
  collectBytes,
  directory,
  foldersAbove,
  type GzipMember,
  gzipMember,
  isUnsafePath,
  messageOf,
  sortEntries,
  type TarEntry,
  writeTarEntries,
} from '@catamaran/oci';
import { type Cache, cacheKey } from '../cache/cache.ts';
import { buildErrors } from '../errors.ts';
import { gunzipBytes } from '../gunzip-bytes.ts';
import { fetchTarball, type TarballSpec } from '../npm/fetch-tarball.ts';
import type { NpmOptions } from '../npm/npm-options.ts';
import { readTarball } from '../npm/read-tarball.ts';

export interface PackagePlace extends TarballSpec {
  /** Folder in the image. */
  readonly path: string;
}

/** Changes whenever the same tarball would make other bytes. */
const memberVersion = 1;

/** Names the bytes that `packageMember` makes. */
export function packageMemberKey(place: PackagePlace, mtimeSeconds: number): string {
  return cacheKey({ member: memberVersion, integrity: place.integrity, path: place.path, mtimeSeconds });
}

/**
 * A package as one gzip member of a layer: its tarball's entries under their place in the image, kept by
 * integrity and place, so that a change of one dependency costs one member.
 * @throws CATA_PACKAGE_TARBALL and what `fetchTarball` throws
 */
export async function packageMember(
  place: PackagePlace,
  mtimeSeconds: number,
  cache: Cache,
  npmOptions: () => Promise<NpmOptions>,
  ctx: Context,
): Promise<GzipMember> {
  const key = packageMemberKey(place, mtimeSeconds);
  const kept = await keptMember(key, cache);
  if (kept) return kept;
  const entries = await packageEntries(place, await fetchTarball(place, npmOptions, ctx));
  const uncompressed = Buffer.concat([...writeTarEntries(sortEntries(entries), mtimeSeconds)]);
  const compressed = await gzipMember(uncompressed);
  await cache.putBytes('members', key, compressed);
  return { compressed, uncompressed };
}

/** One that a crash of the machine has damaged counts as missing; gzip's checksum tells. */
async function keptMember(key: string, cache: Cache): Promise<GzipMember | undefined> {
  const compressed = await cache.getBytes('members', key);
  const uncompressed = compressed && (await gunzipBytes(compressed).catch(() => undefined));
  return uncompressed && { compressed, uncompressed };
}

/** What npm would unpack into the package's folder: files only, with npm's modes, below one folder that is dropped. */
async function packageEntries(place: PackagePlace, tarball: Uint8Array): Promise<TarEntry[]> {
  const entries = new Map<string, TarEntry>([[place.path, directory(place.path)]]);
  const broken = (reason: string, cause?: unknown) =>
    buildErrors.CATA_PACKAGE_TARBALL({ name: place.name, version: place.version, reason }, { cause });
  try {
    for await (const entry of readTarball(tarball)) {
      const inside = entry.path.slice(entry.path.indexOf('/') + 1);
      if (entry.type !== 'file' || !entry.path.includes('/')) continue;
      if (isUnsafePath(entry.path)) throw broken(`it has a file "${entry.path}"`);
      const path = `${place.path}/${inside}`;
      const mode = entry.mode & 0o111 ? 0o755 : 0o644;
      entries.set(path, { type: 'file', path, mode, content: await collectBytes(entry.content()) });
      for (const folder of foldersAbove(inside)) {
        entries.set(`${place.path}/${folder}`, directory(`${place.path}/${folder}`));
      }
    }
  } catch (cause) {
    if ((cause as { code?: string }).code === 'CATA_PACKAGE_TARBALL') throw cause;
    throw broken(messageOf(cause), cause);
  }
  return [...entries.values()];
}
