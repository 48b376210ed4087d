/** Of two versions as in "24.21.0" the older one. */
export function olderVersion(one: string, other: string): string {
  const [a, b] = [one, other].map((version) => version.split('.').map(Number));
  const differing = (a ?? []).findIndex((part, at) => part !== b?.[at]);
  return differing >= 0 && (a?.[differing] ?? 0) > (b?.[differing] ?? 0) ? other : one;
}
