/**
 * Money is a number with two decimals in the API, and whole cents everywhere else: cents add up exactly, and
 * 0.1 + 0.2 does not.
 */
export function toCents(amount: number): number {
  return Math.round(amount * 100);
}

export function fromCents(cents: number): number {
  return cents / 100;
}
