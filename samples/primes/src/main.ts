import { buildApp } from './app.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { availableCpus } from './cpus/available-cpus.ts';
import { stopOnSignal } from './stop-on-signal.ts';

try {
  await start(readConfig(process.env));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`primes: ${error.message}\n`);
  process.exitCode = 1;
}

async function start({ host, port, logLevel, maxWaiting, ...config }: Config): Promise<void> {
  const workers = config.workers ?? availableCpus();
  const app = buildApp({ logLevel, workers, maxWaiting });
  app.log.info({ workers, maxWaiting }, 'starting');

  stopOnSignal(app);
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`Cannot listen on HOST ${host}, PORT ${port}: ${reason}.`);
  }
}
