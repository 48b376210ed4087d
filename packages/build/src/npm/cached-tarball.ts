import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Where npm's cache keeps the tarball of an integrity, if it does. @param cache npm's `cache` option */
export interface CachedTarball {
  /** The bytes, a part at a time. @throws what pacote throws when they turn out to be others than they should be */
  readonly content: AsyncIterable<Uint8Array>;
  /** Takes it out of the cache, for it was damaged. */
  remove(): Promise<void>;
}

/**
 * cacache's own stream reads a file of up to 64 MiB at once; eight of those at a time would be what a build may
 * not take, so the file is read here. Where it lies, and which of several digests counts, is cacache's to say.
 */
export async function cachedTarball(cache: string, integrity: string): Promise<CachedTarball | undefined> {
  const { default: cacache } = await import('cacache');
  const kept = await cacache.get.hasContent(cache, integrity);
  if (!kept) return undefined;
  const { default: contentPath } = await import('cacache/lib/content/path.js');
  return {
    content: verifiedFile(contentPath(cache, kept.sri), kept.sri),
    remove: () => cacache.rm.content(cache, kept.sri),
  };
}

async function* verifiedFile(
  path: string,
  expected: { readonly algorithm: string; readonly digest: string },
): AsyncIterable<Uint8Array> {
  const hash = createHash(expected.algorithm);
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Buffer);
    yield chunk as Buffer;
  }
  const found = hash.digest('base64');
  if (found === expected.digest) return;
  throw Object.assign(new Error(`What npm's cache has at "${path}" is damaged.`), {
    code: 'EINTEGRITY',
    found: `${expected.algorithm}-${found}`,
  });
}
