import { existsSync, mkdirSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';

describe('the environment', () => {
  it.each([
    { epoch: '0', seconds: 0 },
    { epoch: '1700000000', seconds: 1_700_000_000 },
    { epoch: '8589934591', seconds: 8_589_934_591 },
  ])('SOURCE_DATE_EPOCH=$epoch is a time that a tar header can hold', ({ epoch, seconds }) => {
    expect(readEnvironment({ SOURCE_DATE_EPOCH: epoch }).sourceDateEpoch).toBe(seconds);
  });

  it.each(['', '-1', '1.5', 'now', '8589934592', '99999999999'])(
    'SOURCE_DATE_EPOCH="%s" is refused',
    (text) => {
      expect(() => readEnvironment({ SOURCE_DATE_EPOCH: text })).toThrow(`"${text}"`);
    },
  );

  it('takes the cache folder from XDG_CACHE_HOME only when it is absolute', () => {
    expect(readEnvironment({ XDG_CACHE_HOME: '/big/cache' }).cacheFolder).toBe('/big/cache/catamaran');
    expect(readEnvironment({ XDG_CACHE_HOME: 'cache' }).cacheFolder).toMatch(/^\/.*\/\.cache\/catamaran$/);
    expect(readEnvironment({}).sourceDateEpoch).toBeUndefined();
  });

  it('goes on without a home, as a container’s user who is a number alone has none', () => {
    const noHome = () => {
      throw new Error('uv_os_homedir returned ENOENT');
    };
    const { homeFolder, cacheFolder } = readEnvironment({}, noHome);
    expect(existsSync(homeFolder) && statSync(homeFolder).isDirectory()).toBe(false);
    expect(() => mkdirSync(cacheFolder, { recursive: true })).toThrow('ENOTDIR');
    expect(readEnvironment({ XDG_CACHE_HOME: '/big/cache' }, noHome).cacheFolder).toBe(
      '/big/cache/catamaran',
    );
  });
});
