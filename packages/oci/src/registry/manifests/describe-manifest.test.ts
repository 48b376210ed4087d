import { describe, expect, it } from 'vitest';
import { createContext } from '../../context/context.ts';
import { digestOf } from '../../model/digest.ts';
import { mediaTypes } from '../../model/media-types.ts';
import { parseReference } from '../../model/reference.ts';
import { imageParts } from '../../testing/planted-image.ts';
import { impatient } from '../../testing/pulled.ts';
import { answer, scriptedServer } from '../../testing/scripted-server.ts';
import { registryStore } from '../registry-store.ts';

const { manifest } = imageParts();
const right = digestOf(manifest);
const other = digestOf('something else');
const descriptor = { mediaType: mediaTypes.manifest, digest: right, size: manifest.byteLength };

/** A registry that says this to HEAD, and has this content. */
function describing(headers: Readonly<Record<string, string>>, content: Uint8Array = manifest) {
  const type = { 'content-type': mediaTypes.manifest };
  return scriptedServer(({ method }, response) =>
    method === 'HEAD'
      ? answer(response, 200, '', { ...type, ...headers })
      : answer(response, 200, Buffer.from(content), type),
  );
}

async function resolved(address: string, name: string): Promise<unknown> {
  await using store = registryStore({ retry: impatient });
  return await store.resolve(parseReference(`${address}/shop${name}`), createContext());
}

const said = { 'docker-content-digest': right, 'content-length': String(manifest.byteLength) };

describe('what a name stands for', () => {
  it.each<[string, string, Readonly<Record<string, string>>]>([
    [
      'another digest than the one that was asked for',
      `@${right}`,
      { ...said, 'docker-content-digest': other },
    ],
    ['no digest', `@${right}`, { 'content-length': said['content-length'] }],
    ['that it is empty', ':1', { ...said, 'content-length': '0' }],
    ['no length', ':1', { 'docker-content-digest': right, 'transfer-encoding': 'chunked' }],
  ])('is read where a registry says %s', async (_, name, headers) => {
    const registry = await describing(headers);
    expect(await resolved(registry.address, name)).toEqual(descriptor);
    expect(registry.seen.some(({ method, path }) => method === 'GET' && path.includes('/manifests/'))).toBe(
      true,
    );
  });

  it('is not something else than the digest that was asked for', async () => {
    const registry = await describing({ ...said, 'docker-content-digest': right });
    await expect(resolved(registry.address, `@${other}`)).rejects.toMatchObject({
      code: 'CATA_DIGEST_MISMATCH',
    });
  });

  it('is an error where there is nothing', async () => {
    const registry = await describing({ ...said, 'content-length': '0' }, Buffer.of());
    await expect(resolved(registry.address, ':1')).rejects.toMatchObject({
      code: 'CATA_MANIFEST_INVALID',
      message: expect.stringContaining('it is empty'),
    });
  });
});
