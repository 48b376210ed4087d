const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** 9000 as "9,000". */
export function formatCount(value: number): string {
  return grouped.format(value);
}

/** Three significant digits, and never fewer than the digits before the point: 0.214, 2.14, 41.3, 113, 12,340. */
export function formatSignificant(value: number): string {
  if (value === 0) return '0';
  const digitsBefore = Math.floor(Math.log10(Math.abs(value))) + 1;
  const decimals = Math.min(3, Math.max(0, 3 - Math.max(digitsBefore, 0)));
  const text = value.toFixed(decimals);
  // Rounding may have carried into another digit: 9.996 is "10.0".
  if (decimals > 0 && text.replace(/\D/g, '').replace(/^0+/, '').length > 3)
    return value.toFixed(decimals - 1);
  return decimals === 0 ? formatCount(value) : text;
}

/** Microseconds as a number of milliseconds, without the unit. */
export function formatMs(us: number): string {
  return formatSignificant(us / 1000);
}

/** 0.1234 as "12.3 %". What is there never reads as nothing. */
export function formatShare(share: number): string {
  if (share === 0) return '0 %';
  if (share < 0.0001) return '< 0.01 %';
  return `${(share * 100).toFixed(share < 0.1 ? 2 : 1)} %`;
}

/** Requests per second, exact enough to see that 49.97 is not 50. */
export function formatRate(perSecond: number): string {
  return perSecond < 1000 ? String(Number(perSecond.toFixed(2))) : formatCount(perSecond);
}

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${formatSignificant(bytes / 1024 ** power)} ${units[power]}`;
}

/** 412 ms, 6.98 s, 3 min 20 s, 1 h 5 min. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${formatSignificant(ms)} ms`;
  if (ms < 60_000) return `${formatSignificant(ms / 1000)} s`.replace(/\.0+ s$/, ' s');
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`.replace(/ 0 s$/, '');
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`.replace(/ 0 min$/, '');
}

/** An RFC 3339 time as "2026-11-21 05:40 UTC". */
export function formatInstant(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
