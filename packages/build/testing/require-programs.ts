import { execFileSync } from 'node:child_process';

/**
 * Whether tests that need these programs can run. Where they must run, in continuous integration, it throws
 * instead of letting them be skipped.
 */
export function requirePrograms(...names: readonly string[]): boolean {
  const missing = names.filter((name) => !isThere(name));
  if (missing.length > 0 && process.env.CI) throw new Error(`These tests need ${missing.join(', ')}.`);
  return missing.length === 0;
}

function isThere(name: string): boolean {
  try {
    execFileSync(name, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
