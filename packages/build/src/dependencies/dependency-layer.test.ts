import { collectBytes, createContext, digestOf, file } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { listLayer, recordingContext, tarList } from '../../testing/layer-tools.ts';
import { integrityOf, npmOptionsFor, packTarball, startRegistry } from '../../testing/npm-registry.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { type Cache, openCache } from '../cache/cache.ts';
import { asPacked } from '../native/native-resolution.ts';
import type { NpmOptions } from '../npm/npm-options.ts';
import { packageStore } from '../packages/package-store.ts';
import { dependencyLayer } from './dependency-layer.ts';

const names = ['@scope/inner', 'outer', ...Array.from({ length: 20 }, (_, at) => `p${at}`)];
const tarballs = Object.fromEntries(
  await Promise.all(
    names.map(async (name) => [name, await packTarball([file('package/index.js', name)])] as const),
  ),
);

const placeOf = (path: string, name: string) => ({
  path: `app/${path}`,
  name,
  version: '1.0.0',
  integrity: integrityOf(tarballs[name] ?? new Uint8Array()),
  resolution: asPacked,
});

const optionsOf = (title: string, mtimeSeconds: number, cache: Cache, npm: () => Promise<NpmOptions>) => ({
  title,
  cache,
  mtimeSeconds,
  packages: packageStore(cache, npm, mtimeSeconds),
});
const places = [
  placeOf('apps/shop/node_modules/p0', 'p0'),
  placeOf('node_modules/outer', 'outer'),
  placeOf('node_modules/outer/node_modules/@scope/inner', '@scope/inner'),
  placeOf('node_modules/outer/node_modules/p1', 'p1'),
  ...names.slice(2).map((name) => placeOf(`node_modules/${name}`, name)),
];

describe('dependencyLayer', () => {
  it('can be listed by GNU tar, names every path once and describes every folder', async () => {
    await using registry = await startRegistry(tarballs);
    const cache = openCache(temporaryFolder());
    const layer = await dependencyLayer(
      places,
      optionsOf('packages', 0, cache, npmOptionsFor(registry.url)),
      createContext(),
    );
    const compressed = await collectBytes(layer.compressed());
    const paths = tarList(compressed).map((line) => line.replace(/^.* /, '').replace(/\/$/, ''));
    expect(new Set(paths).size).toBe(paths.length);
    for (const path of paths) {
      const parent = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
      if (parent !== '') expect(paths).toContain(parent);
    }
    expect(paths).toEqual(expect.arrayContaining(places.map(({ path }) => `${path}/index.js`)));
    expect(await layer.descriptor()).toMatchObject({
      digest: digestOf(compressed),
      size: compressed.byteLength,
    });
    expect(await layer.diffId()).toBe(digestOf(await collectBytes(layer.uncompressed())));
    const inner = (await listLayer(layer)).find(({ path }) => path.endsWith('inner/index.js'));
    expect(inner?.text).toBe('@scope/inner');
  });

  it('is the same elsewhere, and is not made twice', async () => {
    await using registry = await startRegistry(tarballs);
    const { ctx, steps } = recordingContext();
    const options = npmOptionsFor(registry.url);
    const cache = openCache(temporaryFolder());
    const made = await dependencyLayer(places, optionsOf('neutral packages', 0, cache, options), ctx);
    const kept = await dependencyLayer(places, optionsOf('neutral packages', 0, cache, options), ctx);
    expect(steps).toEqual(['neutral packages']);
    const elsewhere = await dependencyLayer(
      places,
      optionsOf('packages', 0, openCache(temporaryFolder()), options),
      ctx,
    );
    for (const layer of [kept, elsewhere]) expect(await layer.descriptor()).toEqual(await made.descriptor());
    const later = await dependencyLayer(places, optionsOf('packages', 1, cache, options), ctx);
    expect((await later.descriptor()).digest).not.toBe((await made.descriptor()).digest);
  });

  it('that is given up leaves nothing half done, and nothing going on', async () => {
    await using registry = await startRegistry(tarballs);
    const cache = openCache(temporaryFolder());
    const stop = new AbortController();
    let writing = 0;
    const slowCache: Cache = {
      ...cache,
      async putBytes(...args) {
        writing++;
        if (writing === 3) stop.abort(new Error('enough'));
        for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
        await cache.putBytes(...args);
        writing--;
      },
    };
    const ctx = createContext({ signal: stop.signal });
    const making = dependencyLayer(
      places,
      optionsOf('Packages', 0, slowCache, npmOptionsFor(registry.url)),
      ctx,
    );
    await expect(making).rejects.toThrow('enough');
    expect(writing).toBe(0);
  });

  it('fails with the error of a package, wherever in the row it is', async () => {
    for (const at of [0, 12, places.length]) {
      await using registry = await startRegistry(tarballs);
      const missing = { ...placeOf('node_modules/missing', 'missing'), integrity: 'sha512-AAAA' };
      const making = dependencyLayer(
        places.toSpliced(at, 0, missing),
        optionsOf(
          'packages',
          0,
          openCache(temporaryFolder()),
          npmOptionsFor(registry.url, ['fetch-retries=0']),
        ),
        createContext(),
      );
      await expect(making).rejects.toMatchObject({ code: 'CATA_PACKAGE_UNKNOWN' });
    }
  });
});
