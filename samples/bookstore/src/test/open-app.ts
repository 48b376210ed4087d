import type { FastifyInstance } from 'fastify';
import { createAdminKey } from '../admin-key/admin-key.ts';
import { buildApp } from '../app.ts';
import { readConfig } from '../config/config.ts';
import { connect } from '../database/connect.ts';
import type { Database } from '../database/tables.ts';

const key = 'a-key-that-only-tests-know';

/** What an admin's request carries. */
export const admin = { 'x-api-key': key };

export interface TestApp {
  readonly app: FastifyInstance;
  readonly database: Database;
}

/** The service within this process, with 30 books and a key. It does not listen yet. */
export async function openApp(env: Readonly<Record<string, string>> = {}): Promise<TestApp> {
  const config = readConfig({ SEED: '30', LOG_LEVEL: 'silent', ADMIN_API_KEY: key, ...env });
  const connection = await connect(config);
  const { database, readiness } = connection;
  const adminKey = config.adminApiKey ? createAdminKey(config.adminApiKey) : undefined;
  const app = buildApp({ ...config, database, readiness, adminKey });
  app.addHook('onClose', () => connection.close());
  await connection.prepare(app.log);
  return { app, database };
}
