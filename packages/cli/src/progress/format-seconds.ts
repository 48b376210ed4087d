/** "0.04 s", "1.2 s", "75 s": enough digits to compare, none to distract. */
export function formatSeconds(durationMs: number): string {
  const seconds = durationMs / 1000;
  return `${seconds.toFixed(seconds < 0.1 ? 2 : seconds < 10 ? 1 : 0)} s`;
}
