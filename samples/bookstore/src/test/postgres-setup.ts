import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { stopPostgres } from './postgres-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the PostgreSQL of this run of the tests is, once a test has needed it. */
    postgresFolder: string;
  }
}

/** One PostgreSQL for all tests of a run, started by the first that needs it and stopped after the last. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'bookstore-postgres-'));
  project.provide('postgresFolder', folder);
  return async () => {
    await stopPostgres(folder);
    await rm(folder, { recursive: true, force: true });
  };
}
