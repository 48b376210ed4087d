const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The spellings of the `ms` package, which Artillery reads durations with, shortened to their unit. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/^(ms|msecs?|milliseconds?)$/i, 'ms'],
  [/^(s|secs?|seconds?)$/i, 's'],
  [/^(m|mins?|minutes?)$/i, 'm'],
  [/^(h|hrs?|hours?)$/i, 'h'],
  [/^(d|days?)$/i, 'd'],
];

/**
 * Reads `30`, `'30'` (seconds), `'30s'`, `'2m'`, `'2 minutes'` or `'1m 30s'` as milliseconds. Undefined when it
 * is none of these, or not more than nothing.
 * https://www.artillery.io/docs/reference/test-script#phases---load-phases
 */
export function parseDurationMs(value: unknown): number | undefined {
  if (typeof value === 'number') return positive(value * 1000);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return positive(Number(text) * 1000);
  if (!/^(\d+(\.\d+)?\s*[a-z]+\s*)+$/i.test(text)) return undefined;
  let totalMs = 0;
  for (const [, amount, word] of text.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/gi)) {
    const unit = spellings.find(([pattern]) => pattern.test(word ?? ''))?.[1];
    if (unit === undefined) return undefined;
    totalMs += Number(amount) * (unitMs[unit] ?? Number.NaN);
  }
  return positive(totalMs);
}

function positive(durationMs: number): number | undefined {
  return Number.isFinite(durationMs) && durationMs > 0 ? durationMs : undefined;
}
