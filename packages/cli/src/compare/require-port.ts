import type { Project } from '@catamaran/build';
import { cliErrors } from '../errors.ts';

/** Where the service is asked: the first of its ports. @throws CATA_PORT_NONE */
export function requirePort({ name, port: [first] }: Project): number {
  if (first === undefined) throw cliErrors.CATA_PORT_NONE({ name });
  return first;
}
