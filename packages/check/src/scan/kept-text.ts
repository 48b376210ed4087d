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
];

export function isKeptText(path: string): boolean {
  return kept.some((pattern) => pattern.test(path));
}
