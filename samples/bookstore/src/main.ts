import { createAdminKey } from './admin-key/admin-key.ts';
import { buildApp } from './app.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { openDatabase } from './database/open-database.ts';
import { seed } from './database/seed.ts';
import { stopOnSignal } from './stop-on-signal.ts';

try {
  await start(readConfig(process.env));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`bookstore: ${error.message}\n`);
  process.exitCode = 1;
}

async function start(config: Config): Promise<void> {
  const database = await openDatabase();
  if (config.seed) await seed(database);
  const adminKey = await createAdminKey(config.adminApiKey);
  const app = buildApp({
    database,
    adminKey,
    logLevel: config.logLevel,
    simulatedLatency: config.simulatedLatency,
  });

  stopOnSignal(app);
  try {
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    await app.close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`Cannot listen on HOST ${config.host}, PORT ${config.port}: ${reason}.`);
  }
}
