import { CatamaranError, type Context, collectBytes, parseDigest } from '@catamaran/oci';
import type { Cache } from '../../cache/cache.ts';
import { download } from '../../download/download.ts';
import type { LockedPackage } from '../lock/lock-schema.ts';
import type { AptSource } from './apt-sources.ts';

/**
 * A package's .deb, from the cache or from the first source that has it: those of its suite before the others.
 * @param sources asked for when it has to be fetched
 * @throws what `download` throws for the first source
 */
export async function fetchDeb(
  { suite, file, sha256, sizeBytes }: LockedPackage,
  sources: () => Promise<readonly AptSource[]>,
  cache: Cache,
  ctx: Context,
): Promise<Uint8Array> {
  const digest = parseDigest(`sha256:${sha256}`);
  if (await cache.blobs.has(digest, sizeBytes)) return collectBytes(cache.blobs.read(digest));
  const bytes = await fromFirst(
    await urisOf(suite, await sources()),
    (uri) => download(`${uri}/${file}`, { maxBytes: sizeBytes, sha256 }, ctx),
    ctx,
  );
  await cache.blobs.write(digest, [bytes], ctx.signal);
  return bytes;
}

function urisOf(suite: string, sources: readonly AptSource[]): string[] {
  const [its, others] = [true, false].map((wanted) =>
    sources.filter(({ suites }) => suites.includes(suite) === wanted).map(({ uri }) => uri),
  );
  return [...new Set([...(its ?? []), ...(others ?? [])])];
}

async function fromFirst(
  uris: readonly string[],
  fetch: (uri: string) => Promise<Uint8Array>,
  ctx: Context,
): Promise<Uint8Array> {
  const failures: unknown[] = [];
  for (const uri of uris) {
    try {
      return await fetch(uri);
    } catch (error) {
      ctx.signal.throwIfAborted();
      if (!(error instanceof CatamaranError)) throw error;
      failures.push(error);
    }
  }
  throw failures.find((error) => !isMissing(error)) ?? failures[0];
}

/** Whether a mirror says that it does not have, or no longer has, what it was asked for. */
export function isMissing(error: unknown): boolean {
  return (
    error instanceof CatamaranError &&
    error.code === 'CATA_MIRROR_REFUSED' &&
    [403, 404, 410].includes(Number(error.details.status))
  );
}
