import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Cache } from '../cache/cache.ts';
import { gunzipStream } from '../gunzip-stream.ts';
import type { UnpackedPackage } from './package-file.ts';
import { unpackInMemory } from './unpack-in-memory.ts';
import { unpackToSpool } from './unpack-to-spool.ts';

/** Several packages are unpacked at a time; larger ones than these go through a file. */
const smallTarballBytes = 512 * 1024;
const smallPackageBytes = 2 * 1024 * 1024;

/**
 * Unpacks a package's tarball: in memory while it is small, else into a file of the cache that has no name.
 * @param isWanted which files are kept of what goes through a file; all unless given
 */
export async function openTarball(
  tarball: AsyncIterable<Uint8Array>,
  cache: Cache,
  signal: AbortSignal,
  isWanted: (path: string) => boolean = () => true,
): Promise<UnpackedPackage> {
  const source = tarball[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let firstBytes = 0;
  for (;;) {
    const next = await source.next();
    if (next.done) {
      const tar = await gunzipSmall(Buffer.concat(first));
      if (tar) return unpackInMemory(tar);
      break;
    }
    first.push(next.value);
    firstBytes += next.value.byteLength;
    if (firstBytes > smallTarballBytes) break;
  }
  return spoolRest(first, source, cache, signal, isWanted);
}

/** Undefined where there is more in it than a small package has. */
async function gunzipSmall(tarball: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    return await promisify(gunzip)(tarball, { maxOutputLength: smallPackageBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw error;
  }
}

async function spoolRest(
  first: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
  cache: Cache,
  signal: AbortSignal,
  isWanted: (path: string) => boolean,
): Promise<UnpackedPackage> {
  async function* whole() {
    yield* first;
    yield* { [Symbol.asyncIterator]: () => rest };
  }
  const path = await cache.toolFile('spool', randomBytes(8).toString('hex'));
  return unpackToSpool(gunzipStream(whole()), path, isWanted, signal);
}
