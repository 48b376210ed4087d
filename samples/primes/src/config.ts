const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

export type LogLevel = (typeof logLevels)[number];

export interface Config {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly logLevel: LogLevel;
  /** How many requests are computed at a time; undefined is as many as there are CPUs to use. */
  readonly workers: number | undefined;
  /** How many requests may wait for a worker. */
  readonly maxWaiting: number;
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
    port: readNumber('PORT', env.PORT || '3000', 0, 65_535),
    logLevel: readLogLevel(env.LOG_LEVEL || 'warn'),
    workers: env.WORKERS ? readNumber('WORKERS', env.WORKERS, 1, 256) : undefined,
    maxWaiting: readNumber('MAX_WAITING', env.MAX_WAITING || '100', 0, 10_000),
  });
}

function readNumber(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (/^\d{1,5}$/.test(text) && value >= min && value <= max) return value;
  throw new ConfigError(`${name} must be a whole number from ${min} to ${max}, but is "${text}".`);
}

function readLogLevel(text: string): LogLevel {
  const level = logLevels.find((known) => known === text);
  if (level) return level;
  throw new ConfigError(`LOG_LEVEL must be one of ${logLevels.join(', ')}, but is "${text}".`);
}
