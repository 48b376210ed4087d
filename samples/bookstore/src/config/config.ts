import { parseSimulatedLatency, type SimulatedLatency } from '../observability/simulated-latency.ts';
import { ConfigError } from './config-error.ts';
import { type DatabaseConfig, readDatabaseUrl } from './database-url.ts';
import { type LogLevel, readLogLevel } from './log-level.ts';
import { readWholeNumber } from './whole-number.ts';

export interface Config {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly database: DatabaseConfig;
  /** How many books an empty database begins with. */
  readonly seed: number;
  /** The key that allows writes; without one, everybody may write. */
  readonly adminApiKey: string | undefined;
  readonly logLevel: LogLevel;
  readonly simulatedLatency: SimulatedLatency | undefined;
  /** How long a client may take to send a request. */
  readonly requestTimeoutMs: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** As many as the published comparison's data: all books are 5,000 bytes. */
const exampleBooks = '30';

/**
 * Everything the service takes from outside, checked once, before anything starts. An empty variable counts as
 * unset, because that is how many launchers pass on a variable that they do not have.
 */
export function readConfig(env: Environment): Config {
  const databaseUrl = env.DATABASE_URL || 'sqlite::memory:';
  const database = readDatabaseUrl(
    databaseUrl,
    readWholeNumber('DATABASE_CONNECTIONS', env.DATABASE_CONNECTIONS || '10', 1, 100),
  );
  // What is in memory is gone with the process; what stays begins empty unless it is asked for more.
  const defaultSeed = database.kind === 'sqlite' && database.path === ':memory:' ? exampleBooks : '0';
  return Object.freeze({
    host: env.HOST || '0.0.0.0',
    port: readWholeNumber('PORT', env.PORT || '3000', 0, 65_535),
    database,
    seed: readWholeNumber('SEED', env.SEED || defaultSeed, 0, 100_000),
    adminApiKey: readAdminApiKey(env.ADMIN_API_KEY || undefined),
    logLevel: readLogLevel(env.LOG_LEVEL || 'warn'),
    simulatedLatency: env.SIMULATED_LATENCY_MS ? readLatency(env.SIMULATED_LATENCY_MS) : undefined,
    requestTimeoutMs: readWholeNumber('REQUEST_TIMEOUT_MS', env.REQUEST_TIMEOUT_MS || '10000', 100, 300_000),
  });
}

function readAdminApiKey(key: string | undefined): string | undefined {
  // Any 16 printable ASCII characters; others do not travel well in an HTTP header. The key is not quoted:
  // this message ends up in logs.
  if (key === undefined || /^[\x21-\x7e]{16,}$/.test(key)) return key;
  throw new ConfigError('ADMIN_API_KEY must have at least 16 characters, ASCII only and without spaces.');
}

function readLatency(text: string): SimulatedLatency {
  const latency = parseSimulatedLatency(text);
  if (latency) return latency;
  throw new ConfigError(
    `SIMULATED_LATENCY_MS must be milliseconds as in 20-80 or 50, to 60000, but is "${text}".`,
  );
}
