import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('has a default for everything, also for what is set to nothing', () => {
  const defaults = { host: '0.0.0.0', port: 3000, logLevel: 'warn', workers: undefined, maxWaiting: 100 };

  expect(readConfig({})).toEqual(defaults);
  expect(readConfig({ HOST: '', PORT: '', LOG_LEVEL: '', WORKERS: '', MAX_WAITING: '' })).toEqual(defaults);
});

test('takes what is set', () => {
  const env = { HOST: '::1', PORT: '8080', LOG_LEVEL: 'debug', WORKERS: '2', MAX_WAITING: '0' };

  expect(readConfig(env)).toEqual({ host: '::1', port: 8080, logLevel: 'debug', workers: 2, maxWaiting: 0 });
});

test.each([
  ['PORT', 'abc'],
  ['PORT', '65536'],
  ['LOG_LEVEL', 'loud'],
  ['WORKERS', '0'],
  ['WORKERS', 'all'],
  ['MAX_WAITING', '-1'],
])('refuses %s=%s, naming and quoting it', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} must be .*"${value}"`));
});
