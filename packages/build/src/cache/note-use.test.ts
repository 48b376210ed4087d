import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { age, filesIn } from '../../testing/cache-folder.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openCache } from './cache.ts';

describe('what is used', () => {
  const signal = new AbortController().signal;
  const uses = [
    { what: 'JSON that is read', use: (folder: string) => openCache(folder).getJson('kind', 'json') },
    { what: 'bytes that are read', use: (folder: string) => openCache(folder).getBytes('kind', 'bytes') },
    { what: 'a tool’s file', use: (folder: string) => openCache(folder).toolFile('kind', 'bytes') },
    {
      what: 'a blob that is found',
      use: async (folder: string) => {
        const blob = await openCache(folder).blobs.add([Buffer.from('blob')], signal);
        age(openCache(folder).blobs.path(blob.digest), 5);
        await openCache(folder).blobs.has(blob.digest, blob.sizeBytes);
      },
    },
  ];

  it.each(uses)('is newly used: $what', async ({ use }) => {
    const folder = temporaryFolder();
    await openCache(folder).putJson('kind', 'json', { a: 1 });
    await openCache(folder).putBytes('kind', 'bytes', Buffer.from('bytes'));
    const before = filesIn(folder);
    for (const path of before) age(join(folder, path), 5);
    await use(folder);
    const after = filesIn(folder);
    const fresh = after.filter((path) => Date.now() - statSync(join(folder, path)).mtimeMs < 60_000);
    expect(fresh).toHaveLength(1);
  });

  it('is not touched again for a while', async () => {
    const folder = temporaryFolder();
    await openCache(folder).putJson('kind', 'json', { a: 1 });
    const path = join(folder, 'kind', 'js', 'json');
    age(path, 0.2);
    const before = statSync(path).mtimeMs;
    await openCache(folder).getJson('kind', 'json');
    expect(statSync(path).mtimeMs).toBe(before);
  });
});
