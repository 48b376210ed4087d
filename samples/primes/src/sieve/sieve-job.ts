/** What a request asks for: primes up to and including `n`. */
export type SieveJob =
  | { readonly sieve: 'plain'; readonly n: number; readonly segmentLength: number }
  | { readonly sieve: 'fast'; readonly n: number };
