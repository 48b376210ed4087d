/** Where ldconfig leaves what it has found; the loader looks into nothing else of what /etc/ld.so.conf names. */
export const libraryCachePath = 'etc/ld.so.cache';

const magic = 'glibc-ld.so.cache1.1';
const [headerBytes, entryBytes] = [48, 24];
/** Its predecessor, which may stand before it. */
const oldMagic = 'ld.so-1.7.0';
const [oldHeaderBytes, oldEntryBytes] = [16, 12];

/** PATH_MAX, and more than all the libraries of an image come to. */
const [maxPathBytes, maxKeptBytes] = [4096, 1024 * 1024];

/** Looked into in any case. */
const defaultFolder = /^(?:\/usr)?\/lib(?:\/[^/]+-linux-[^/]+)?\/[^/]+$/;

/**
 * The libraries in a cache that lie elsewhere than in the usual folders: absolute paths. None of one that is damaged, as
 * the loader takes none. struct cache_file_new in glibc's dl-cache.h.
 */
export function cachedLibraries(bytes: Uint8Array): string[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cache = all.subarray(startOfCache(all));
  if (cache.byteLength < headerBytes || cache.toString('latin1', 0, magic.length) !== magic) return [];
  const count = cache.readUInt32LE(20);
  if (headerBytes + count * entryBytes > cache.byteLength) return [];
  const paths = new Set<string>();
  let left = maxKeptBytes;
  for (let index = 0; index < count; index++) {
    const path = pathAt(cache, cache.readUInt32LE(headerBytes + index * entryBytes + 8));
    if (!path || defaultFolder.test(path) || paths.has(path)) continue;
    left -= path.length;
    if (left < 0) return [];
    paths.add(path);
  }
  return [...paths].sort();
}

function pathAt(cache: Buffer, start: number): string | undefined {
  const text = cache.subarray(start, start + maxPathBytes);
  const end = text.indexOf(0);
  return end > 0 && text[0] === 0x2f ? text.toString('utf8', 0, end) : undefined;
}

function startOfCache(bytes: Buffer): number {
  if (bytes.byteLength < oldHeaderBytes || bytes.toString('latin1', 0, oldMagic.length) !== oldMagic)
    return 0;
  const end = oldHeaderBytes + bytes.readUInt32LE(12) * oldEntryBytes;
  return Math.ceil(end / 8) * 8;
}
