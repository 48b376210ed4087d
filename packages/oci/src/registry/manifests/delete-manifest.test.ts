import { describe, expect, it } from 'vitest';
import { createContext } from '../../context/context.ts';
import { mediaTypes } from '../../model/media-types.ts';
import { parseReference } from '../../model/reference.ts';
import type { Fault, MemoryRegistryOptions } from '../../registry-memory/index.ts';
import { startedRegistry } from '../../registry-memory/testing/started-registry.ts';
import { imageParts } from '../../testing/planted-image.ts';
import { impatient } from '../../testing/pulled.ts';
import { artifactAbout, plantSubject } from '../referrers/testing/artifact-about.ts';
import { registryStore } from '../registry-store.ts';

const ctx = createContext();

interface Asked {
  readonly method: string;
  readonly path: string;
}

/** A registry with an image that two artifacts refer to; what goes wrong does so after that. */
async function withReferrers(
  quirks: MemoryRegistryOptions['quirks'] & object,
  fault?: (asked: Asked) => Fault | undefined,
) {
  let isReady = false;
  const faults = { next: (asked: Asked) => (isReady ? fault?.(asked) : undefined) };
  const registry = await startedRegistry({ quirks, faults });
  const subject = plantSubject(registry, 'shop');
  const store = registryStore({ retry: impatient });
  const shop = parseReference(`${registry.address}/shop`);
  const [first, second] = [artifactAbout(subject, 'first'), artifactAbout(subject, 'second')];
  for (const { image, digest } of [first, second]) await store.put({ ...shop, digest }, image, ctx);
  isReady = true;
  return {
    registry,
    tag: subject.digest.replace(':', '-'),
    first: first.digest,
    second: second.digest,
    remove: (digest: typeof subject.digest) => store.delete({ ...shop, digest }, ctx),
    listed: async () =>
      (await store.referrers({ ...shop, digest: subject.digest }, undefined, ctx)).map(
        ({ digest }) => digest,
      ),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

describe('what refers to an image and is deleted', () => {
  it.each([{}, { noReferrers: true }])('is not listed any more: %j', async (quirks) => {
    await using there = await withReferrers(quirks);
    await there.remove(there.first);
    expect(await there.listed()).toEqual([there.second]);
    await there.remove(there.second);
    expect(await there.listed()).toEqual([]);
    expect(there.registry.tags('shop').has(there.tag)).toBe('noReferrers' in quirks);
  });

  it('side by side is not listed any more', async () => {
    await using there = await withReferrers({ noReferrers: true });
    await Promise.all([there.remove(there.first), there.remove(there.second)]);
    expect(await there.listed()).toEqual([]);
  });

  it('stays listed where it is not deleted', async () => {
    await using there = await withReferrers({ noReferrers: true }, ({ method }) =>
      method === 'DELETE' ? { kind: 'status', status: 405 } : undefined,
    );
    await expect(there.remove(there.first)).rejects.toMatchObject({ code: 'CATA_REGISTRY_DELETE_DISABLED' });
    expect([...(await there.listed())].sort()).toEqual([there.first, there.second].sort());
  });

  it('is not listed any more when deleting it was interrupted, and is done again', async () => {
    let isBroken = true;
    await using there = await withReferrers({ noReferrers: true }, ({ method }) =>
      isBroken && method === 'DELETE' ? { kind: 'status', status: 503 } : undefined,
    );
    await expect(there.remove(there.first)).rejects.toMatchObject({ code: 'CATA_REGISTRY_FAILED' });
    isBroken = false;
    await there.remove(there.first);
    expect(await there.listed()).toEqual([there.second]);
  });

  it('is said to be, where the list cannot be changed', async () => {
    await using there = await withReferrers({ noReferrers: true }, ({ method }) =>
      method === 'PUT' ? { kind: 'status', status: 403 } : undefined,
    );
    await expect(there.remove(there.first)).rejects.toMatchObject({
      code: 'CATA_REFERRER_STILL_LISTED',
      message: expect.stringContaining(there.tag),
      cause: expect.objectContaining({ code: 'CATA_REGISTRY_DENIED' }),
    });
    expect(there.registry.manifest('shop', there.first)).toBeUndefined();
  });

  it('is deleted though it cannot be pulled', async () => {
    await using there = await withReferrers({ noReferrers: true }, ({ method, path }) =>
      method === 'GET' && path.includes('/manifests/sha256:') ? { kind: 'status', status: 403 } : undefined,
    );
    await there.remove(there.first);
    expect(there.registry.manifest('shop', there.first)).toBeUndefined();
  });

  it('leaves alone what the tag of the list stands for otherwise', async () => {
    await using there = await withReferrers({ noReferrers: true });
    const { manifest } = imageParts();
    there.registry.plantManifest('shop', there.tag, mediaTypes.manifest, manifest);
    const before = there.registry.tags('shop').get(there.tag);
    await there.remove(there.first);
    expect(there.registry.tags('shop').get(there.tag)).toBe(before);
  });
});
