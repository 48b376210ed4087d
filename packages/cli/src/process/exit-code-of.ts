import { CatamaranError } from '@catamaran/oci';
import { exitCodes } from './exit-codes.ts';
import { Interruption } from './interruption.ts';

/** By who has to act; what nobody foresaw is a defect. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Interruption) return error.exitCode;
  if (error instanceof CatamaranError) return exitCodes[error.fault];
  return exitCodes.tool;
}
