import type { AdminKey } from './admin-key/admin-key.ts';
import { buildApp } from './app.ts';
import { type Config, readConfig } from './config/config.ts';
import { ConfigError } from './config/config-error.ts';
import { connect } from './database/connect.ts';
import { stopOnSignal } from './stop-on-signal.ts';

try {
  await start(readConfig(process.env));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`bookstore: ${error.message}\n`);
  process.exitCode = 1;
}

async function start(config: Config): Promise<void> {
  const connection = await connect(config);
  const { database, readiness } = connection;
  const adminKey = await adminKeyOf(config);
  const app = buildApp({ ...config, database, readiness, adminKey });
  app.addHook('onClose', () => connection.close());

  stopOnSignal(app);
  try {
    await connection.prepare(app.log);
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    await app.close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`Cannot listen on HOST ${config.host}, PORT ${config.port}: ${reason}.`);
  }
  if (!adminKey) app.log.warn('Everybody may write. Set ADMIN_API_KEY to have writes ask for a key.');
}

/** Loaded only where there is a key: what it needs of node:crypto takes a part of the start. */
async function adminKeyOf({ adminApiKey }: Config): Promise<AdminKey | undefined> {
  if (!adminApiKey) return undefined;
  const { createAdminKey } = await import('./admin-key/admin-key.ts');
  return createAdminKey(adminApiKey);
}
