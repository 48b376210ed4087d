/** How many slower responses a percentile should rest on before it is worth comparing. */
export const neededBeyond = 100;

/** Whether so few responses are slower than this percentile that another run would give another figure. */
export function restsOnFew(count: number, percentile: number): boolean {
  // In parts of a hundred, since 1 − 0.99 is not 0.01 in floating point.
  return count * (100 - percentile) < neededBeyond * 100;
}
