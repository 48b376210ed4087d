import { buildApp } from './app.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { stopOnSignal } from './stop-on-signal.ts';

try {
  await start(readConfig(process.env));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`primes: ${error.message}\n`);
  process.exitCode = 1;
}

async function start(config: Config): Promise<void> {
  const app = buildApp({ logLevel: config.logLevel });

  stopOnSignal(app);
  try {
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    await app.close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`Cannot listen on HOST ${config.host}, PORT ${config.port}: ${reason}.`);
  }
}
