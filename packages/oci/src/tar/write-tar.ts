import type { TarEntry } from './tar-entry.ts';
import { blockSize, padding, tarHeader } from './tar-header.ts';

/**
 * The bytes of entries in the order given, without the end of the archive: fragments can be written apart
 * and put one after the other. Every entry has the same `mtimeSeconds`.
 */
export function* writeTarEntries(entries: Iterable<TarEntry>, mtimeSeconds: number): Iterable<Uint8Array> {
  for (const entry of entries) {
    yield* tarHeader(entry, mtimeSeconds);
    if (entry.type === 'file') {
      yield entry.content;
      yield padding(entry.content.byteLength);
    }
  }
}

/** Two blocks of zeros. */
export const endOfTar: Uint8Array = new Uint8Array(2 * blockSize);

/** Entries in the order in which every layer holds them: by path, byte by byte, so that a folder precedes what is in it. */
export function sortEntries<T extends { readonly path: string }>(entries: Iterable<T>): T[] {
  const byPath = [...entries].map((entry) => [Buffer.from(entry.path), entry] as const);
  return byPath.sort(([a], [b]) => Buffer.compare(a, b)).map(([, entry]) => entry);
}
