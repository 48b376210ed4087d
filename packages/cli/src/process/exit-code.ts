import { CatamaranError, type Fault } from '@catamaran/oci';
import { Interruption } from './interruption.ts';

/** What the program ends with. 0 is success; a shell adds 128 and a signal's number by custom. */
export const exitCodes = {
  findings: 1,
  user: 2,
  remote: 3,
  machine: 4,
  tool: 70,
} as const satisfies Record<Fault | 'findings', number>;

export function exitCodeOf(error: unknown): number {
  if (error instanceof Interruption) return error.exitCode;
  if (error instanceof CatamaranError) return exitCodes[error.fault];
  return exitCodes.tool;
}
