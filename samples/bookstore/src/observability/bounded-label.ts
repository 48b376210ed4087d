/** What stands for all values beyond the bound. */
export const otherLabel = 'other';

/**
 * Lets through so many different values, and no more: each is a time series that a monitoring system keeps, and what
 * clients write must not make millions of them.
 */
export function boundedLabel(maxValues: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= maxValues) return otherLabel;
    known.add(value);
    return value;
  };
}
