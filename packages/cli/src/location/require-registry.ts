import { cliErrors } from '../errors.ts';
import type { RegistryLocation } from './location.ts';
import { parseLocation } from './parse-location.ts';

/**
 * For commands that only registries have something to say to.
 * @param command for the error: "catamaran tags"
 * @throws CATA_REGISTRY_EXPECTED, CATA_LOCATION_INVALID
 */
export function requireRegistry(text: string, command: string): RegistryLocation {
  const location = parseLocation(text, '');
  if (location.kind !== 'registry') throw cliErrors.CATA_REGISTRY_EXPECTED({ text, command });
  return location;
}
