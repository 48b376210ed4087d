import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentOf } from '../content/content-of.ts';
import { createContext } from '../context/context.ts';
import { collectBytes } from '../layer/byte-stream.ts';
import { layoutStore } from '../layout/layout-store.ts';
import type { Digest } from '../model/digest.ts';
import { parseReference } from '../model/reference.ts';
import type { Fault, FaultPlan, MemoryRegistry } from '../registry-memory/index.ts';
import { faultAt } from '../registry-memory/testing/fault-at.ts';
import { startedRegistry } from '../registry-memory/testing/started-registry.ts';
import { impatient } from '../testing/pulled.ts';
import { pushed } from '../testing/pushed.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { twoPlatformIndex } from '../testing/two-platform-index.ts';
import type { BlobOrigins } from './blobs/blob-origins.ts';
import { registryStore } from './registry-store.ts';

const ctx = createContext();
const sizes = { sharedBytes: 400_000, ownBytes: 100_000 };
const index = (seed = 1) => twoPlatformIndex(seed, sizes);
const named = ({ address }: MemoryRegistry, name: string) => parseReference(`${address}/${name}`);

/** The same index in a layout on disk. */
async function indexOnDisk() {
  const folder = temporaryFolder();
  const reference = parseReference('app');
  await layoutStore(folder).put(reference, await index(), ctx);
  const { blobs } = await contentOf(await index());
  const shared = blobs.find(({ descriptor }) => descriptor.size === sizes.sharedBytes)?.descriptor
    .digest as Digest;
  const file = join(folder, 'blobs/sha256', shared.slice(7));
  return { image: () => layoutStore(folder).get(reference, ctx), shared, file };
}

describe('a push', () => {
  it('puts blobs before manifests, and manifests before what names them, and the tag last', async () => {
    const registry = await startedRegistry();
    await pushed(registry, await index());
    const puts = registry.requests.filter(({ method }) => method === 'PUT').map(({ path }) => path);
    const kinds = puts.map((path) =>
      path.includes('/blobs/') ? 'blob' : path.replace(/.*\//, '').replace(/:.*/, ''),
    );
    expect(kinds).toEqual(['blob', 'blob', 'blob', 'blob', 'blob', 'sha256', 'sha256', '1']);
  });

  it('sends once what platforms have in common, and nothing that is there', async () => {
    const registry = await startedRegistry();
    await pushed(registry, await index());
    const contentBytes = sizes.sharedBytes + 2 * sizes.ownBytes;
    expect(registry.receivedBytes).toBeLessThan(contentBytes + 10_000);
    const before = registry.requests.length;
    const { events } = await pushed(registry, await index());
    expect(
      registry.requests.slice(before).filter(({ method }) => method !== 'HEAD' && method !== 'GET'),
    ).toEqual([]);
    const sent = events.flatMap((event) =>
      event.type === 'blob.pushed' || event.type === 'manifest.pushed' ? [event.sentBytes] : [],
    );
    expect(sent).toEqual(Array.from({ length: 8 }, () => 0));
  });

  it('that was ended sends only what is missing when it is run again', async () => {
    const stop = new AbortController();
    let closed = 0;
    const faults: FaultPlan = {
      next({ method, path }) {
        if (method === 'PUT' && path.includes('/uploads/') && ++closed === 2) stop.abort(new Error('killed'));
        return undefined;
      },
    };
    const registry = await startedRegistry({ faults });
    const first = await pushed(registry, await index(), { atOnce: 1 }, { signal: stop.signal });
    expect(first.error).toHaveProperty('message', 'killed');
    expect(registry.tags('team/app').size).toBe(0);
    const before = registry.receivedBytes;
    expect((await pushed(registry, await index())).error).toBeUndefined();
    expect(registry.verify()).toEqual([]);
    expect(registry.receivedBytes - before).toBeLessThan(2 * sizes.ownBytes + 10_000);
  });

  it('goes to several tags, repositories and registries at once', async () => {
    const [one, two] = [await startedRegistry(), await startedRegistry()];
    await using store = registryStore({ retry: impatient });
    const references = [
      named(one, 'app:1'),
      named(one, 'app:1.2'),
      named(one, 'mirror/app'),
      named(two, 'app:1'),
    ];
    const { digest } = await store.publish(references, await index(), ctx);
    expect([...one.tags('app')]).toEqual([
      ['1', digest],
      ['1.2', digest],
    ]);
    expect([...one.tags('mirror/app')]).toEqual([['latest', digest]]);
    expect([...two.tags('app')]).toEqual([['1', digest]]);
    for (const registry of [one, two]) expect(registry.verify()).toEqual([]);
    expect(two.receivedBytes).toBeLessThan(sizes.sharedBytes + 2 * sizes.ownBytes + 10_000);
  });

  it('that one registry refuses is stopped at the other, and tells whose refusal it was', async () => {
    const slow: FaultPlan = {
      next: ({ method }) => (method === 'PUT' ? { kind: 'slow', delayMs: 5000 } : undefined),
    };
    const [good, bad] = [
      await startedRegistry({ faults: slow }),
      await startedRegistry({
        faults: faultAt('POST', '/uploads/', { kind: 'status', status: 403, code: 'DENIED' }),
      }),
    ];
    await using store = registryStore({ retry: impatient, atOnce: 1 });
    await expect(
      store.publish([named(good, 'app:1'), named(bad, 'app:1')], await index(), ctx),
    ).rejects.toMatchObject({
      code: 'CATA_REGISTRY_DENIED',
      message: expect.stringContaining(bad.address),
    });
    expect(good.tags('app').size).toBe(0);
    expect(good.requests.some(({ path }) => path.includes('/manifests/1'))).toBe(false);
  });

  it.each<[string, (file: string) => void, string]>([
    ['is cut short', (file) => truncateSync(file, 150_000), 'CATA_SIZE_MISMATCH'],
    ['is empty', (file) => truncateSync(file, 0), 'CATA_SIZE_MISMATCH'],
    [
      'is something else',
      (file) => writeFileSync(file, Buffer.alloc(sizes.sharedBytes)),
      'CATA_DIGEST_MISMATCH',
    ],
    ['is not there', (file) => rmSync(file), 'CATA_LAYOUT_INVALID'],
  ])(
    'of a blob that %s on disk is the layout, and not the registry, to blame; nothing is tagged',
    async (_, damage, code) => {
      for (const maxPartBytes of [100_000, 1_000_000]) {
        const { image, shared, file } = await indexOnDisk();
        damage(file);
        const registry = await startedRegistry();
        const { error, events } = await pushed(registry, await image(), { maxPartBytes });
        expect(error).toHaveProperty('code', code);
        expect(error).toHaveProperty('message', expect.stringContaining(shared.slice(7)));
        expect(error).toHaveProperty('message', expect.not.stringContaining(registry.address));
        expect(events.filter(({ type }) => type === 'registry.retried')).toEqual([]);
        expect(registry.tags('team/app').size).toBe(0);
      }
    },
  );

  it('by digest is of what has that digest, and leaves no tag', async () => {
    const registry = await startedRegistry();
    await using store = registryStore({ retry: impatient });
    const { root } = await contentOf(await index());
    const { digest } = root.descriptor;
    await store.put(parseReference(`${registry.address}/app@${digest}`), await index(), ctx);
    expect(registry.manifest('app', digest)).toBeDefined();
    expect(registry.tags('app').size).toBe(0);
    await expect(
      store.put(parseReference(`${registry.address}/app@${digest}`), await index(2), ctx),
    ).rejects.toMatchObject({
      code: 'CATA_REGISTRY_PUSH_BY_DIGEST',
      message: expect.stringContaining(digest),
    });
  });

  it.each<[string, Fault]>([['a manifest', { kind: 'wrong-digest-header' }]])(
    'notices that a registry has stored %s as something else',
    async (_, fault) => {
      const registry = await startedRegistry({ faults: faultAt('PUT', '/manifests/', fault) });
      const { error } = await pushed(registry, await index());
      expect(error).toMatchObject({
        code: 'CATA_DIGEST_MISMATCH',
        message: expect.stringContaining(registry.address),
      });
      expect(registry.tags('team/app').size).toBe(0);
    },
  );
});

describe('a registry', () => {
  it.each(['127.0.0.1', 'LOCALHOST', 'Localhost'])(
    'is given its credentials by whatever name it goes: %s',
    async (host) => {
      const login = { username: 'otto', password: 'geheim' };
      const registry = await startedRegistry({ auth: { kind: 'basic', ...login } });
      const address = registry.address.replace('127.0.0.1', host);
      const options = { credentials: { find: async () => login } };
      expect((await pushed({ address }, await index(), options)).error).toBeUndefined();
      expect(registry.tags('team/app').has('1')).toBe(true);
    },
  );
});

describe('what manifests name that were read from a repository', () => {
  it('is mounted from there when it is put into another one, and another time as well', async () => {
    const registry = await startedRegistry();
    const base = named(registry, 'base:1');
    await using first = registryStore({ retry: impatient });
    await first.put(base, await index(), ctx);
    const known = new Map<string, string[]>();
    const origins: BlobOrigins = {
      find: async (_, digest) => known.get(digest) ?? [],
      add: async (_, digest, repository) => void known.set(digest, [repository]),
    };
    await using reading = registryStore({ retry: impatient, origins });
    const reader = reading.reader(base, ctx);
    expect(registry.requests.filter(({ method }) => method === 'GET')).toEqual([]);
    const { manifests } = await contentOf(await index());
    for (const { descriptor } of manifests) await collectBytes(reader.openManifest(descriptor));

    // As from a layout on disk, which does not say where its blobs once came from.
    const before = registry.receivedBytes;
    await using pushing = registryStore({ retry: impatient, origins });
    await pushing.put(named(registry, 'app:1'), await (await indexOnDisk()).image(), ctx);
    expect(registry.receivedBytes - before).toBeLessThan(10_000);
    expect(registry.verify()).toEqual([]);
  });
});
