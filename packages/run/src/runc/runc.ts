import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { containerId } from './container-id.ts';

/** A bundle on disk, and the runc that is used on it. */
export interface Bundle {
  readonly runc: string;
  readonly folder: string;
  readonly id: string;
  readonly pidFile: string;
  readonly logFile: string;
}

/** Longer than runc ever takes; a limit only so that nothing waits for ever. */
const timeoutMs = 30_000;

export function describeBundle(runc: string, folder: string): Bundle {
  const id = containerId(basename(folder));
  return { runc, folder, id, pidFile: join(folder, 'pid'), logFile: join(folder, 'runc.log') };
}

/** Arguments that every use of runc on a bundle begins with: its state lies in the bundle and goes with it. */
export function runcArguments(bundle: Bundle): string[] {
  return ['--root', join(bundle.folder, 'state'), '--log', bundle.logFile, '--log-format', 'json'];
}

/** Runs a short runc command. Resolves with what it has to say against it, or undefined when it went well. */
export function runRunc(bundle: Bundle, ...args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(bundle.runc, [...runcArguments(bundle), ...args], { timeout: timeoutMs }, (error, _, stderr) =>
      resolve(error ? stderr.trim() || error.message : undefined),
    );
  });
}

/** The errors that runc has logged, in its own words. */
export async function runcErrors(bundle: Bundle): Promise<string> {
  const log = await readFile(bundle.logFile, 'utf8').catch(() => '');
  return log.split('\n').flatMap(errorMessage).join('; ');
}

function errorMessage(line: string): string[] {
  try {
    const { level, msg } = JSON.parse(line) as { level?: string; msg?: string };
    return (level === 'error' || level === 'fatal') && msg ? [msg] : [];
  } catch {
    return [];
  }
}
