import { describe, expect, it } from 'vitest';
import { createContext } from '../../context/context.ts';
import { digestOf } from '../../model/digest.ts';
import { mediaTypes } from '../../model/media-types.ts';
import { parseReference } from '../../model/reference.ts';
import { imageParts } from '../../testing/planted-image.ts';
import { impatient } from '../../testing/pulled.ts';
import { answer, scriptedServer } from '../../testing/scripted-server.ts';
import { registryStore } from '../registry-store.ts';
import { plainImage } from './testing/plain-image.ts';

const ctx = createContext();
const { manifest } = imageParts();
const digest = digestOf(manifest);

/** A registry that never says a digest, has all blobs, no tag that may be deleted or changed, and this manifest. */
function withoutDigests(content: Uint8Array = manifest) {
  return scriptedServer(({ method, url = '' }, response) => {
    if (url.includes('/blobs/')) return answer(response, 200, '');
    if (method === 'DELETE')
      return answer(response, 405, { errors: [{ code: 'UNSUPPORTED', message: 'no' }] });
    if (method === 'PUT') return answer(response, 201, '');
    return answer(response, 200, Buffer.from(content), { 'content-type': mediaTypes.manifest });
  });
}

describe('in a registry that says no digests', () => {
  it('what deletes by digest alone says which one', async () => {
    const registry = await withoutDigests();
    await using store = registryStore({ retry: impatient });
    await expect(store.delete(parseReference(`${registry.address}/shop:1`), ctx)).rejects.toMatchObject({
      code: 'CATA_REGISTRY_DELETE_BY_DIGEST',
      hint: expect.stringContaining(`/shop@${digest}`),
    });
  });

  it.each<[string, Uint8Array, number]>([
    ['is there is not put again', manifest, 0],
    ['is there as something else is put', Buffer.from('{}'), 1],
    ['is there as nothing is put', Buffer.of(), 1],
  ])('what %s', async (_, content, puts) => {
    const registry = await withoutDigests(content);
    await using store = registryStore({ retry: impatient });
    await store.put(parseReference(`${registry.address}/shop:1`), plainImage(), ctx);
    expect(registry.seen.filter(({ method }) => method === 'PUT')).toHaveLength(puts);
  });
});
