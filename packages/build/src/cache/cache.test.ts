import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, file, gzipMember } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { listLayer, recordingContext } from '../../testing/layer-tools.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { cacheKey, openCache } from './cache.ts';
import { cachedLayer } from './cached-layer.ts';
import { entriesLayer } from './entries-layer.ts';

const allFiles = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

describe('openCache', () => {
  it('keeps bytes and JSON, and leaves nothing else', async () => {
    const folder = temporaryFolder();
    const [cache, other] = [openCache(folder), openCache(folder)];
    expect(await cache.getJson('kind', 'abc')).toBeUndefined();
    expect(await cache.getBytes('kind', 'abc')).toBeUndefined();
    await cache.putJson('kind', 'abc', { a: [1] });
    await cache.putBytes('bytes', 'abc', Uint8Array.of(1, 2));
    expect(await other.getJson('kind', 'abc')).toEqual({ a: [1] });
    expect(Buffer.from((await other.getBytes('bytes', 'abc')) ?? [])).toEqual(Buffer.of(1, 2));
    expect(await other.getJson('another', 'abc')).toBeUndefined();
    expect(allFiles(folder).map(({ name }) => name)).toEqual(['abc', 'abc']);
  });

  it.each(['', '{"a":', '\0\0\0'])('takes damaged JSON (%j) for missing', async (damaged) => {
    const folder = temporaryFolder();
    const cache = openCache(folder);
    await cache.putJson('kind', 'abc', { a: 1 });
    writeFileSync(join(folder, 'kind/ab/abc'), damaged);
    expect(await cache.getJson('kind', 'abc')).toBeUndefined();
    await cache.putJson('kind', 'abc', { a: 2 });
    expect(await cache.getJson('kind', 'abc')).toEqual({ a: 2 });
  });

  it('bears many writers of one entry', async () => {
    const folder = temporaryFolder();
    const bytes = Buffer.alloc(100_000, 'x');
    await Promise.all(Array.from({ length: 20 }, () => openCache(folder).putBytes('kind', 'abc', bytes)));
    expect(Buffer.from((await openCache(folder).getBytes('kind', 'abc')) ?? []).equals(bytes)).toBe(true);
    expect(allFiles(folder)).toHaveLength(1);
  });
});

describe('cacheKey', () => {
  it('changes with everything in the recipe', () => {
    const keys = [{ a: 1 }, { a: '1' }, { a: [1] }, { b: 1 }, { a: 1, b: 1 }].map(cacheKey);
    expect(new Set(keys).size).toBe(keys.length);
    expect(cacheKey({ a: 1 })).toBe(keys[0]);
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('a cached layer', () => {
  const recipe = { key: cacheKey('some layer'), title: 'Some layer' };
  const entries = [file('b', 'second'), file('a', 'first')];

  it('is made once, however many ask for it at a time', async () => {
    const { ctx, steps } = recordingContext();
    const cache = openCache(temporaryFolder());
    let made = 0;
    const ask = () =>
      entriesLayer(recipe, cache, 0, ctx, async () => {
        made++;
        return entries;
      });
    const layers = await Promise.all([ask(), ask(), ask()]);
    layers.push(await ask());
    expect(made).toBe(1);
    expect(steps).toEqual(['Some layer']);
    const digests = await Promise.all(layers.map(async (layer) => (await layer.descriptor()).digest));
    expect(new Set(digests).size).toBe(1);
    const [layer] = layers;
    expect(layer && (await listLayer(layer)).map(({ path, text }) => [path, text])).toEqual([
      ['a', 'first'],
      ['b', 'second'],
    ]);
  });

  it.each(['torn', 'empty', 'record damaged'])('is made again when what is kept is %s', async (damage) => {
    const folder = temporaryFolder();
    const make = () => entriesLayer(recipe, openCache(folder), 0, createContext(), async () => entries);
    const digest = (await (await make()).descriptor()).digest;
    const blob = join(folder, 'blobs/sha256', digest.slice('sha256:'.length));
    if (damage === 'record damaged')
      writeFileSync(join(folder, 'layers', recipe.key.slice(0, 2), recipe.key), '{');
    else truncateSync(blob, damage === 'torn' ? 20 : 0);
    const again = await make();
    expect((await again.descriptor()).digest).toBe(digest);
    expect(await listLayer(again)).toHaveLength(2);
  });

  it('that cannot be made leaves nothing behind, and can be made later', async () => {
    const folder = temporaryFolder();
    const cache = openCache(folder);
    const failing = cachedLayer(recipe, cache, createContext(), async function* () {
      const uncompressed = Buffer.alloc(1000);
      yield { uncompressed, compressed: await gzipMember(uncompressed) };
      throw new Error('no more');
    });
    await expect(failing).rejects.toThrow('no more');
    expect(allFiles(folder)).toEqual([]);
    expect(
      await listLayer(await entriesLayer(recipe, cache, 0, createContext(), async () => entries)),
    ).toHaveLength(2);
  });
});
