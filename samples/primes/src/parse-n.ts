const defaultN = 10_000_000;
const maxN = 50_000_000;

/** What is wrong with `n`; the message is for the client. */
export class InvalidNError extends Error {
  override readonly name = 'InvalidNError';
}

/** The query parameter `n`: undefined if absent, an array if it is there more than once. */
export function parseN(value: unknown): number {
  if (value === undefined) return defaultN;
  if (typeof value === 'string' && /^[0-9]+$/.test(value) && Number(value) <= maxN) return Number(value);
  throw new InvalidNError(`n must be a whole number from 0 to ${maxN}, but is ${JSON.stringify(value)}.`);
}
