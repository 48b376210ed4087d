import { extname } from 'node:path';

/**
 * Whether Node starts a file without a bundle. TypeScript is run with its types stripped, from 22.18 and 23.6 on.
 * https://nodejs.org/api/typescript.html#type-stripping
 */
export function runsAsItIs(entry: string, nodeVersion: string): boolean {
  const extension = extname(entry);
  if (['.tsx', '.jsx'].includes(extension)) return false;
  if (!/^\.[cm]?ts$/.test(extension)) return true;
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  return major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
}
