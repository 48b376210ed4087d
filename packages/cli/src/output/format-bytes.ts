/** "812 B", "1.2 kB", "54.6 MB": in powers of 1000, as registries and networks count. */
export function formatBytes(sizeBytes: number): string {
  if (sizeBytes < 1000) return `${sizeBytes} B`;
  const [unit, divisor] = sizeBytes < 1e6 ? ['kB', 1e3] : sizeBytes < 1e9 ? ['MB', 1e6] : ['GB', 1e9];
  return `${(sizeBytes / Number(divisor)).toFixed(1)} ${unit}`;
}
