import { messageOf } from '@catamaran/oci';
import { buildErrors } from '../errors.ts';

/** @throws CATA_JSON_INVALID */
export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = messageOf(cause);
    throw buildErrors.CATA_JSON_INVALID({ path, reason }, { cause });
  }
}
