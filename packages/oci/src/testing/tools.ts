import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Whether tests that need these programs can run. Where they must run, in continuous integration, it throws
 * instead of letting them be skipped.
 */
export function hasTools(...names: readonly string[]): boolean {
  const missing = names.filter((name) => !isInPath(name));
  if (missing.length > 0 && process.env.CI) throw new Error(`These tests need ${missing.join(', ')}.`);
  return missing.length === 0;
}

/** What a program writes to its standard output, in UTF-8 and UTC; throws with its complaint when it fails. */
export function runTool(
  name: string,
  args: readonly string[],
  options: { readonly input?: Uint8Array; readonly cwd?: string } = {},
): Buffer {
  return execFileSync(name, args, {
    ...options,
    timeout: 20_000,
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC' },
  });
}

/** For programs that tests can do without. */
export function isInPath(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
