import { defaultSearchPath, findProgram } from '../runc/find-program.ts';

/**
 * Whether tests that need root and these programs can run. Where they must run, in continuous integration,
 * it throws instead of letting them be skipped.
 */
export async function requireTools(...names: readonly string[]): Promise<boolean> {
  const missing: string[] = process.getuid?.() === 0 ? [] : ['root'];
  for (const name of names) if (!(await findProgram(name, defaultSearchPath))) missing.push(name);
  if (missing.length > 0 && process.env.CI) throw new Error(`These tests need ${missing.join(', ')}.`);
  return missing.length === 0;
}
