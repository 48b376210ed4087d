import type { FastifyInstance } from 'fastify';
import { createAdminKey } from '../admin-key/admin-key.ts';
import { buildApp } from '../app.ts';
import { openDatabase } from '../database/open-database.ts';
import { seed } from '../database/seed.ts';
import type { Database } from '../database/tables.ts';

const key = 'a-key-that-only-tests-know';

/** What an admin's request carries. */
export const admin = { 'x-api-key': key };

export interface TestApp {
  readonly app: FastifyInstance;
  readonly database: Database;
}

/** The seeded service, without a socket: there is nothing to close. */
export async function openApp(): Promise<TestApp> {
  const database = await openDatabase();
  await seed(database);
  const app = buildApp({ database, adminKey: await createAdminKey(key), logLevel: 'silent' });
  return { app, database };
}
