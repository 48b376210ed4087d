import { describe, expect, it } from 'vitest';
import { createContext } from '../context/context.ts';
import { parseReference } from '../model/reference.ts';
import { type MemoryRegistryOptions, startMemoryRegistry } from '../registry-memory/index.ts';
import { scriptedServer } from '../testing/scripted-server.ts';
import { twoPlatformIndex } from '../testing/two-platform-index.ts';
import { registryStore } from './registry-store.ts';

const ctx = createContext();

async function pushed(options: MemoryRegistryOptions = {}) {
  const registry = await startMemoryRegistry(options);
  const store = registryStore({ retry: { retries: 0 } });
  const reference = parseReference(`${registry.address}/team/app:1`);
  const descriptor = await store.put(
    reference,
    await twoPlatformIndex(1, { sharedBytes: 500, ownBytes: 50 }),
    ctx,
  );
  return {
    registry,
    store,
    reference,
    descriptor,
    [Symbol.asyncDispose]: async () => {
      await store[Symbol.asyncDispose]();
      await registry[Symbol.asyncDispose]();
    },
  };
}

describe('resolve', () => {
  it('asks what a tag stands for without fetching it', async () => {
    await using there = await pushed();
    const before = there.registry.requests.length;
    expect(await there.store.resolve(there.reference, ctx)).toEqual(there.descriptor);
    expect(there.registry.requests.slice(before).map(({ method }) => method)).toEqual(['HEAD']);
  });

  it('says so when there is no such tag', async () => {
    await using there = await pushed();
    await expect(there.store.resolve({ ...there.reference, tag: '2' }, ctx)).rejects.toMatchObject({
      code: 'CATA_MANIFEST_NOT_FOUND',
      message: expect.stringContaining('"2" in "team/app"'),
    });
  });
});

describe('a server that is no registry', () => {
  it('is found out, though it answers everything with a page', async () => {
    const portal = await scriptedServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<h1>Please log in</h1>');
    });
    await using store = registryStore();
    await expect(store.resolve(parseReference(`${portal.address}/app:1`), ctx)).rejects.toMatchObject({
      code: 'CATA_REGISTRY_REFUSED',
      message: expect.stringContaining('200 with text/html'),
    });
  });
});

describe('delete', () => {
  it('deletes a tag, and leaves the image with its others', async () => {
    await using there = await pushed();
    await there.store.put({ ...there.reference, tag: '2' }, await there.store.get(there.reference, ctx), ctx);
    await there.store.delete(there.reference, ctx);
    expect([...there.registry.tags('team/app').keys()]).toEqual(['2']);
    expect((await there.store.resolve({ ...there.reference, tag: '2' }, ctx)).digest).toBe(
      there.descriptor.digest,
    );
  });

  it('deletes an image by its digest, with its tags', async () => {
    await using there = await pushed();
    const { tag: _, ...untagged } = there.reference;
    await there.store.delete({ ...untagged, digest: there.descriptor.digest }, ctx);
    expect(there.registry.tags('team/app').size).toBe(0);
  });

  it('says how, where a registry deletes by digest alone', async () => {
    await using there = await pushed({ quirks: { noTagDelete: true } });
    await expect(there.store.delete(there.reference, ctx)).rejects.toMatchObject({
      code: 'CATA_REGISTRY_DELETE_BY_DIGEST',
      hint: expect.stringContaining(`/team/app@${there.descriptor.digest}`),
    });
  });

  it('deletes a blob', async () => {
    await using there = await pushed();
    const index = await there.store.get(there.reference, ctx);
    if (!('image' in index)) throw new Error('not an index');
    const [layer] = await (await index.image({ os: 'linux', architecture: 'arm64' })).layers();
    const { digest } = (await layer?.descriptor()) ?? there.descriptor;
    await there.store.deleteBlob(there.reference, digest, ctx);
    expect(there.registry.blob('team/app', digest)).toBeUndefined();
    expect(there.registry.verify().join()).toContain(digest);
  });
});
