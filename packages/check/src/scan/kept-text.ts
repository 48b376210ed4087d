import { cachedLibraries, libraryCachePath } from '../loader/library-cache.ts';

/** Larger ones are not what they are named for. */
export const maxTextBytes = 256 * 1024;

/** Small files that rules read. They are kept whole with a layer's scan, so there must be few of them. */
const kept: readonly RegExp[] = [
  // Who the users are.
  /^etc\/(?:passwd|group)$/,
  // Where the loaders look for libraries: ld.so(8), and musl's.
  /^etc\/ld\.so\.conf$/,
  /^etc\/ld\.so\.conf\.d\/[^/]+\.conf$/,
  /^etc\/ld-musl-[^/]+\.path$/,
  /^etc\/ld\.so\.cache$/,
];

/** What is kept of such a file; of ldconfig's cache, which is no text, the paths that say something, a line each. */
export function keptText(path: string, bytes: Uint8Array): string {
  if (path === libraryCachePath) return cachedLibraries(bytes).join('\n');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

export function isKeptText(path: string): boolean {
  return kept.some((pattern) => pattern.test(path));
}
