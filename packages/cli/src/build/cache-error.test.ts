import { mkdirSync, readFileSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cacheError } from './cache-error.ts';

async function errorOf(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail.');
}

describe('what goes wrong with the cache', () => {
  const cache = '/dev/null/.cache/catamaran';

  it.each([cache, join(cache, 'blobs', 'sha256'), '/dev/null/.cache'])(
    'is told as such where %s fails',
    async (path) => {
      const error = cacheError(await errorOf(() => mkdirSync(path)), cache);
      expect(error).toMatchObject({ code: 'CATA_CACHE_UNUSABLE', fault: 'machine' });
      expect(error).toMatchObject({ message: expect.stringContaining(`"${cache}"`) });
    },
  );

  it('is told as such when the disk is full, though such an error has no path', async () => {
    await using full = await open('/dev/full', 'w');
    const error = await errorOf(() => writeSync(full.fd, 'x'));
    expect(cacheError(error, cache)).toMatchObject({ code: 'CATA_CACHE_UNUSABLE' });
  });

  it('is not what goes wrong elsewhere', async () => {
    const beside = await errorOf(() => readFileSync(`${cache}-of-another`));
    const network = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' });
    const defect = new TypeError('undefined is no function');
    for (const error of [beside, network, defect]) expect(cacheError(error, cache)).toBe(error);
  });
});
