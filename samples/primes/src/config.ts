const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

export type LogLevel = (typeof logLevels)[number];

export interface Config {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly logLevel: LogLevel;
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
    logLevel: readLogLevel(env.LOG_LEVEL || 'warn'),
  });
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new ConfigError(`PORT must be a whole number from 0 to 65535, but is "${text}".`);
}

function readLogLevel(text: string): LogLevel {
  const level = logLevels.find((known) => known === text);
  if (level) return level;
  throw new ConfigError(`LOG_LEVEL must be one of ${logLevels.join(', ')}, but is "${text}".`);
}
