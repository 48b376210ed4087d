import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { ConfigError } from './config-error.ts';

describe('readConfig', () => {
  test('has a default for everything', () => {
    expect(readConfig({})).toEqual({
      host: '0.0.0.0',
      port: 3000,
      database: { kind: 'sqlite', path: ':memory:' },
      seed: 30,
      adminApiKey: undefined,
      logLevel: 'warn',
      requestTimeoutMs: 10_000,
      simulatedLatency: undefined,
    });
  });

  test('takes what is set', () => {
    const env = {
      HOST: '::1',
      PORT: '0',
      SEED: '12',
      DATABASE_URL: 'sqlite:/data/books.db',
      REQUEST_TIMEOUT_MS: '500',
      ADMIN_API_KEY: 'sixteen-letters!',
      LOG_LEVEL: 'silent',
      SIMULATED_LATENCY_MS: '20-80',
    };

    expect(readConfig(env)).toEqual({
      host: '::1',
      port: 0,
      database: { kind: 'sqlite', path: '/data/books.db' },
      seed: 12,
      adminApiKey: 'sixteen-letters!',
      logLevel: 'silent',
      requestTimeoutMs: 500,
      simulatedLatency: { minMs: 20, maxMs: 80 },
    });
  });

  test('takes an empty variable for an unset one', () => {
    const env = { HOST: '', PORT: '', SEED: '', ADMIN_API_KEY: '', LOG_LEVEL: '', SIMULATED_LATENCY_MS: '' };

    expect(readConfig(env)).toEqual(readConfig({}));
  });

  test.each([
    ['PORT', 'abc'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', '1e3'],
    ['SEED', 'yes'],
    ['SEED', '-1'],
    ['SEED', '100001'],
    ['DATABASE_CONNECTIONS', '0'],
    ['REQUEST_TIMEOUT_MS', '1'],
    ['LOG_LEVEL', 'loud'],
    ['SIMULATED_LATENCY_MS', '80-20'],
  ])('refuses %s=%s, naming and quoting it', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} must be .*"${value}"`));
  });

  test.each(['fifteen-letters', 'sixteen letters and spaces', 'sechzehn-zeichen-ä'])(
    'refuses the admin key "%s" without quoting it',
    (key) => {
      expect(() => readConfig({ ADMIN_API_KEY: key })).toThrow(/^ADMIN_API_KEY must have at least 16/);
      expect(() => readConfig({ ADMIN_API_KEY: key })).not.toThrow(key);
    },
  );

  test.each([
    ['sqlite::memory:', { kind: 'sqlite', path: ':memory:' }],
    ['sqlite:books.db', { kind: 'sqlite', path: 'books.db' }],
    ['sqlite:///data/books.db', { kind: 'sqlite', path: '/data/books.db' }],
    ['postgres://me:secret@db/books', { kind: 'postgres', maxConnections: 10 }],
    ['postgresql://db/books?sslmode=require', { kind: 'postgres', maxConnections: 10 }],
  ])('knows the database %s', (url, database) => {
    expect(readConfig({ DATABASE_URL: url }).database).toMatchObject(database);
  });

  test('begins with books only where nothing lasts, unless it is told to', () => {
    expect(readConfig({ DATABASE_URL: 'sqlite:books.db' }).seed).toBe(0);
    expect(readConfig({ DATABASE_URL: 'postgres://db/books' }).seed).toBe(0);
    expect(readConfig({ DATABASE_URL: 'postgres://db/books', SEED: '5' }).seed).toBe(5);
  });

  test.each(['mysql://me:secret@db/books', 'secret', 'postgres://me:secret@db:port', 'sqlite:'])(
    'refuses the database %s without quoting what may be secret',
    (url) => {
      expect(() => readConfig({ DATABASE_URL: url })).toThrow(ConfigError);
      expect(() => readConfig({ DATABASE_URL: url })).toThrow(/^DATABASE_URL /);
      expect(() => readConfig({ DATABASE_URL: url })).not.toThrow(/secret/);
    },
  );
});
