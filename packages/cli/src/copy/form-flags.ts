import { cliErrors } from '../errors.ts';
import type { Form } from './copy-image.ts';

export interface FormFlags {
  readonly format?: string;
  readonly preserveDigests?: boolean;
}

/** @throws CATA_USAGE */
export function formOf({ format, preserveDigests = false }: FormFlags): Form {
  if (format !== undefined && format !== 'oci') {
    throw cliErrors.CATA_USAGE({ reason: `--format is "${format}"; there is only "oci".` });
  }
  if (format && preserveDigests) {
    throw cliErrors.CATA_USAGE({ reason: '--format changes digests, and --preserve-digests keeps them.' });
  }
  if (format) return 'oci';
  return preserveDigests ? 'same' : 'fitting';
}
