import { messageOf } from '@catamaran/oci';
import { parse } from 'yaml';
import { buildErrors } from '../../errors.ts';

/** Settings in YAML; nothing where there are none. @throws CATA_JSON_INVALID */
export function parseYaml(text: string, path: string): Readonly<Record<string, unknown>> {
  try {
    const settings: unknown = parse(text);
    return typeof settings === 'object' && settings !== null ? { ...settings } : {};
  } catch (cause) {
    throw buildErrors.CATA_JSON_INVALID({ path, reason: messageOf(cause) }, { cause });
  }
}
