import { runErrors } from '../errors.ts';
import { findProgram } from './find-program.ts';

/**
 * The path of runc, if this process may use it.
 * @throws CATA_RUNC_MISSING, CATA_RUN_NEEDS_ROOT
 */
export async function requireRunc(searchPath: string): Promise<string> {
  const runc = await findProgram('runc', searchPath);
  if (!runc) throw runErrors.CATA_RUNC_MISSING({ searchPath });
  const uid = process.geteuid?.() ?? 0;
  if (uid !== 0) throw runErrors.CATA_RUN_NEEDS_ROOT({ uid });
  return runc;
}
