import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheKey, openCache } from '@catamaran/build/cache';
import { digestOf } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { keptOrigins } from './kept-origins.ts';

const digest = digestOf(Buffer.from('x'));

describe('where blobs are known to be', () => {
  it('is remembered by registry, the newest first and a few of them', async () => {
    const cache = openCache(temporaryFolder());
    const origins = keptOrigins(cache);
    expect(await origins.find('r.io', digest)).toEqual([]);
    for (const repository of ['a', 'b', 'c', 'd', 'e', 'b']) await origins.add('r.io', digest, repository);
    expect(await keptOrigins(cache).find('r.io', digest)).toEqual(['b', 'e', 'd', 'c']);
    expect(await origins.find('q.io', digest)).toEqual([]);
  });

  it('is nothing where the cache holds something else, or cannot be used', async () => {
    const folder = temporaryFolder();
    const cache = openCache(folder);
    await cache.putJson('blob-origins', cacheKey(['r.io', digest]), { a: 1 });
    expect(await keptOrigins(cache).find('r.io', digest)).toEqual([]);
    writeFileSync(join(folder, 'file'), '');
    const broken = keptOrigins(openCache(join(folder, 'file')));
    await broken.add('r.io', digest, 'a');
    expect(await broken.find('r.io', digest)).toEqual([]);
  });
});
