import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { inject } from 'vitest';
import { startPostgres } from './postgres-server.ts';

const startTimeoutMs = 30_000;

/** A new database in the PostgreSQL of this run, which is started if it is not there yet. @returns its address */
export async function createPostgresDatabase(): Promise<string> {
  const port = await sharedPort(inject('postgresFolder'));
  const name = `bookstore_${process.pid}_${performance.now().toFixed(3).replace('.', '_')}`;
  const address = (database: string) => `postgres://bookstore@127.0.0.1:${port}/${database}`;
  const client = new Client({ connectionString: address('postgres') });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return address(name);
}

/** Of several processes that need it at once, the one that makes the folder first starts it. */
async function sharedPort(folder: string): Promise<number> {
  const own = join(folder, 'server');
  const portFile = join(folder, 'port');
  const isFirst = await mkdir(own).then(
    () => true,
    () => false,
  );
  if (isFirst) {
    const { port } = await startPostgres(folder);
    await writeFile(`${portFile}.new`, String(port));
    await rename(`${portFile}.new`, portFile);
  }
  for (const start = performance.now(); performance.now() - start < startTimeoutMs; await sleep(50)) {
    const port = await readFile(portFile, 'utf8').catch(() => undefined);
    if (port) return Number(port);
  }
  throw new Error('PostgreSQL did not start.');
}
