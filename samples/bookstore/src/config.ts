import { parseSimulatedLatency, type SimulatedLatency } from './observability/simulated-latency.ts';

const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

export type LogLevel = (typeof logLevels)[number];

export interface Config {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Whether to begin with example data instead of an empty store. */
  readonly seed: boolean;
  /** The key that allows writes; without one, nobody can write. */
  readonly adminApiKey: string | undefined;
  readonly logLevel: LogLevel;
  readonly simulatedLatency: SimulatedLatency | undefined;
}

/** A setting that cannot be used. The message names the variable and says what it must be. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Everything the service takes from outside, checked once, before anything starts. An empty variable counts as
 * unset, because that is how many launchers pass on a variable that they do not have.
 */
export function readConfig(env: Environment): Config {
  return Object.freeze({
    host: env.HOST || '0.0.0.0',
    port: readPort(env.PORT || '3000'),
    seed: readSeed(env.SEED || '0'),
    adminApiKey: readAdminApiKey(env.ADMIN_API_KEY || undefined),
    logLevel: readLogLevel(env.LOG_LEVEL || 'warn'),
    simulatedLatency: env.SIMULATED_LATENCY_MS ? readLatency(env.SIMULATED_LATENCY_MS) : undefined,
  });
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new ConfigError(`PORT must be a whole number from 0 to 65535, but is "${text}".`);
}

function readSeed(text: string): boolean {
  if (text === '0' || text === '1') return text === '1';
  throw new ConfigError(`SEED must be 1 (example data) or 0 (an empty store), but is "${text}".`);
}

function readAdminApiKey(key: string | undefined): string | undefined {
  // Any 16 printable ASCII characters; others do not travel well in an HTTP header. The key is not quoted:
  // this message ends up in logs.
  if (key === undefined || /^[\x21-\x7e]{16,}$/.test(key)) return key;
  throw new ConfigError('ADMIN_API_KEY must have at least 16 characters, ASCII only and without spaces.');
}

function readLogLevel(text: string): LogLevel {
  const level = logLevels.find((known) => known === text);
  if (level) return level;
  throw new ConfigError(`LOG_LEVEL must be one of ${logLevels.join(', ')}, but is "${text}".`);
}

function readLatency(text: string): SimulatedLatency {
  const latency = parseSimulatedLatency(text);
  if (latency) return latency;
  throw new ConfigError(
    `SIMULATED_LATENCY_MS must be milliseconds as in 20-80 or 50, to 60000, but is "${text}".`,
  );
}
