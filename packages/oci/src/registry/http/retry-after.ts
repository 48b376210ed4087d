/**
 * How long a server asks to wait, in milliseconds: seconds, or a date (RFC 9110 § 10.2.3).
 * @returns undefined when it does not say, or says nothing that can be read
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000;
  // Any date begins with the name of a day; Date.parse would take many a number for a year.
  const date = /^\s*[A-Za-z]{3}/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
