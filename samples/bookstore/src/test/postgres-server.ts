import { execFile, spawn } from 'node:child_process';
import { chmod, chown, mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import { postgresOwner } from './postgres-owner.ts';
import { postgresProgram } from './postgres-program.ts';

export interface PostgresServer {
  readonly port: number;
  readonly folder: string;
}

/** Where its data, and its socket, are. */
const dataOf = (folder: string) => join(folder, 'data');

/**
 * A PostgreSQL of our own in a folder, on a free port; it goes on after this process. It syncs to the disk before it
 * says that something is stored, as in production.
 */
export async function startPostgres(folder: string, wantedPort?: number): Promise<PostgresServer> {
  const owner = await postgresOwner();
  // Vitest's folder is root's; PostgreSQL refuses to be.
  await chmod(folder, 0o755);
  await mkdir(dataOf(folder), { mode: 0o700 });
  await chown(dataOf(folder), owner.uid ?? process.getuid?.() ?? 0, owner.gid ?? process.getgid?.() ?? 0);
  // Only the empty cluster is not synced.
  const flags = ['--no-sync', '--no-locale', '--encoding=UTF8', '--auth=trust', '--username=bookstore'];
  await promisify(execFile)(postgresProgram('initdb'), [...flags, '-D', dataOf(folder)], {
    ...owner,
    cwd: '/',
  });
  const port = wantedPort ?? (await freePort());
  await resumePostgres(folder, port);
  return { port, folder };
}

/** Starts the one that was stopped, or made. */
export async function resumePostgres(folder: string, port: number): Promise<void> {
  const owner = await postgresOwner();
  const log = await open(join(folder, 'log'), 'a');
  const settings = ['-p', `${port}`, '-k', dataOf(folder), '-h', '127.0.0.1', '-c', 'max_connections=60'];
  const child = spawn(postgresProgram('postgres'), ['-D', dataOf(folder), ...settings], {
    ...owner,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  child.unref();
  await log.close();
  while (
    !(await readFile(join(dataOf(folder), 'postmaster.pid'), 'utf8').catch(() => '')).includes('ready')
  ) {
    if (child.exitCode !== null) throw new Error(await readFile(join(folder, 'log'), 'utf8'));
    await sleep(20);
  }
}

/** Ends the server of a folder, if there is one, by the process id that it has written there. */
export async function stopPostgres(folder: string, signal: NodeJS.Signals = 'SIGINT'): Promise<void> {
  const pid = Number.parseInt(
    await readFile(join(dataOf(folder), 'postmaster.pid'), 'utf8').catch(() => ''),
    10,
  );
  if (!pid) return;
  process.kill(pid, signal);
  while (isRunning(pid)) await sleep(20);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
