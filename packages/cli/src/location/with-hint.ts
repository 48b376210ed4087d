import { CatamaranError } from '@catamaran/oci';

/** The same error, with one more sentence on what to do. */
export function withHint(error: CatamaranError, sentence: string): CatamaranError {
  const { code, fault, message, details, cause } = error;
  return new CatamaranError({ code, fault, message, hint: `${error.hint} ${sentence}`, details, cause });
}
