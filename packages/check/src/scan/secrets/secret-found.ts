/** A secret, and nothing of what it says; JSON all through. */
export interface SecretFound {
  readonly path: string;
  /** To be read after "holds": "a private key". */
  readonly what: string;
  /** Where it begins, from 1. */
  readonly line: number;
  /** It may be none, or is of no use alone: an encrypted key, values that need not be secret. */
  readonly isDoubtful?: boolean;
}
