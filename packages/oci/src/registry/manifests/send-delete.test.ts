import { describe, expect, it } from 'vitest';
import { createContext } from '../../context/context.ts';
import { digestOf, parseDigest } from '../../model/digest.ts';
import { parseReference } from '../../model/reference.ts';
import type { Fault, MemoryRegistry } from '../../registry-memory/index.ts';
import { startedRegistry } from '../../registry-memory/testing/started-registry.ts';
import { imageParts, plantImage } from '../../testing/planted-image.ts';
import { impatient } from '../../testing/pulled.ts';
import { type RegistryStore, registryStore } from '../registry-store.ts';

const ctx = createContext();
const lost: Fault = { kind: 'drop-response', afterBytes: 0 };
const parts = imageParts();
const layer = digestOf(parts.layer);

/** A registry with an image, in which the first requests to delete something go wrong. */
async function failing(...faults: readonly Fault[]): Promise<MemoryRegistry> {
  let count = 0;
  const next = ({ method }: { readonly method: string }) =>
    method === 'DELETE' ? faults[count++] : undefined;
  const registry = await startedRegistry({ faults: { next } });
  plantImage(registry, 'shop', parts, '1');
  return registry;
}

const deletes = (registry: MemoryRegistry) =>
  registry.requests.filter(({ method }) => method === 'DELETE').length;

describe.each<[string, (store: RegistryStore, address: string) => Promise<void>]>([
  ['a tag', (store, address) => store.delete(parseReference(`${address}/shop:1`), ctx)],
  [
    'an image',
    (store, address) => store.delete(parseReference(`${address}/shop@${digestOf(parts.manifest)}`), ctx),
  ],
  [
    'a blob',
    (store, address) => store.deleteBlob(parseReference(`${address}/shop`), parseDigest(layer), ctx),
  ],
])('deleting %s', (what, remove) => {
  const isGone = (registry: MemoryRegistry) =>
    what === 'a blob' ? !registry.blob('shop', layer) : registry.tags('shop').size === 0;

  it.each([[[lost]], [[lost, lost]], [[{ kind: 'status', status: 503 }, lost]]] satisfies Fault[][][])(
    'is done, though the answer is lost: %j',
    async (faults) => {
      const registry = await failing(...faults);
      await using store = registryStore({ retry: impatient });
      await remove(store, registry.address);
      expect(isGone(registry)).toBe(true);
      expect(deletes(registry)).toBe(faults.length + 1);
    },
  );

  it('ends when the registry never answers', async () => {
    const registry = await failing(...Array<Fault>(9).fill({ kind: 'status', status: 503 }));
    await using store = registryStore({ retry: impatient });
    await expect(remove(store, registry.address)).rejects.toMatchObject({ code: 'CATA_REGISTRY_FAILED' });
    expect(deletes(registry)).toBe(impatient.retries + 1);
  });

  it.each<[string, readonly Fault[]]>([
    ['at the first try', []],
    ['after it was held back', [{ kind: 'status', status: 429 }]],
  ])('of what is not there is an error %s', async (_, faults) => {
    const registry = await failing(...faults, { kind: 'status', status: 404 });
    await using store = registryStore({ retry: impatient });
    await expect(remove(store, registry.address)).rejects.toMatchObject({
      code: what === 'a blob' ? expect.stringMatching(/^CATA_/) : 'CATA_MANIFEST_NOT_FOUND',
    });
  });

  it('is not tried again where it cannot be done', async () => {
    const registry = await failing({ kind: 'status', status: 501 });
    await using store = registryStore({ retry: impatient });
    await expect(remove(store, registry.address)).rejects.toMatchObject({
      code: expect.stringMatching(/^CATA_/),
    });
    expect(deletes(registry)).toBe(1);
    expect(isGone(registry)).toBe(false);
  });
});
