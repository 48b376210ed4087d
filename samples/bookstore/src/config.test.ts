import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

describe('readConfig', () => {
  test('has a default for everything', () => {
    expect(readConfig({})).toEqual({
      host: '0.0.0.0',
      port: 3000,
      seed: false,
      adminApiKey: undefined,
      logLevel: 'warn',
      simulatedLatency: undefined,
    });
  });

  test('takes what is set', () => {
    const env = {
      HOST: '::1',
      PORT: '0',
      SEED: '1',
      ADMIN_API_KEY: 'sixteen-letters!',
      LOG_LEVEL: 'silent',
      SIMULATED_LATENCY_MS: '20-80',
    };

    expect(readConfig(env)).toEqual({
      host: '::1',
      port: 0,
      seed: true,
      adminApiKey: 'sixteen-letters!',
      logLevel: 'silent',
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
});
