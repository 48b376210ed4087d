import { describe, expect, it } from 'vitest';
import { createContext } from '../../context/context.ts';
import { createImage } from '../../image/create-image.ts';
import { parseReference } from '../../model/reference.ts';
import { impatient } from '../../testing/pulled.ts';
import { pushed } from '../../testing/pushed.ts';
import { answer, type Script, scriptedServer } from '../../testing/scripted-server.ts';
import { noiseLayer } from '../../testing/two-platform-index.ts';
import { registryStore } from '../registry-store.ts';

const layerBytes = 500_000;
const credentials = { find: async () => ({ username: 'otto', password: 'geheim' }) };

const image = () =>
  createImage({
    platform: { os: 'linux', architecture: 'amd64' },
    parts: [{ layer: noiseLayer(1, layerBytes), createdBy: 'noise' }],
    execution: {},
    created: '1970-01-01T00:00:00Z',
  });

/** Wants Basic credentials, has nothing yet, and has blobs sent to wherever this is. */
function registryWith(location: () => string) {
  return scriptedServer((request, response) => {
    request.resume();
    if (request.headers.authorization === undefined)
      return answer(response, 401, {}, { 'www-authenticate': 'Basic realm="x"' });
    if (request.method === 'HEAD') return answer(response, 404, '');
    if (request.method === 'POST') return answer(response, 202, '', { location: location() });
    return answer(response, 201, '');
  });
}

/** Takes what it is sent. */
const taking: Script = async (request, response) => {
  for await (const _ of request);
  answer(response, request.method === 'PATCH' ? 202 : 201, '', { location: '/next?signature=2' });
};

describe('a registry that has blobs sent to another server', () => {
  it.each([Number.POSITIVE_INFINITY, 200_000])(
    'gets them there in parts of %d, and no credentials go along',
    async (maxPartBytes) => {
      const storage = await scriptedServer(taking);
      const registry = await registryWith(() => `http://karl:fremd@${storage.address}/upload?signature=1`);
      const { error } = await pushed(registry, await image(), { credentials, maxPartBytes });
      expect(error).toBeUndefined();
      expect(storage.seen.length).toBeGreaterThan(1);
      expect(storage.seen[0]?.path).toMatch(/^\/upload\?signature=1/);
      expect(storage.seen.filter(({ headers }) => headers.authorization ?? headers.cookie)).toEqual([]);
      const tag = registry.seen.find(({ method, path }) => method === 'PUT' && path.endsWith('/manifests/1'));
      expect(tag?.headers.authorization).toMatch(/^Basic /);
    },
  );

  it('does not make it a place to log in', async () => {
    const thief = await scriptedServer((request, response) => {
      request.resume();
      if (request.url?.startsWith('/token')) return answer(response, 200, { token: 'x' });
      return answer(response, 401, {}, { 'www-authenticate': `Bearer realm="${thief.origin}/token"` });
    });
    const registry = await registryWith(() => `${thief.origin}/upload`);
    const { error } = await pushed(registry, await image(), { credentials });
    expect(error).toHaveProperty('code', 'CATA_REGISTRY_UNAUTHORIZED');
    expect(
      thief.seen.filter(({ path, headers }) => path.startsWith('/token') || headers.authorization),
    ).toEqual([]);
    await using store = registryStore({ credentials, retry: impatient });
    await store.tryPush(parseReference(`${registry.address}/team/app:1`), createContext());
    expect(
      thief.seen.filter(({ path, headers }) => path.startsWith('/token') || headers.authorization),
    ).toEqual([]);
  });

  it.each(['ftp://a.example/', 'file:///tmp/x', 'https://['])('is not followed to %s', async (location) => {
    const registry = await registryWith(() => location);
    const { error } = await pushed(registry, await image(), { credentials });
    expect(error).toMatchObject({ code: 'CATA_REGISTRY_REDIRECT', fault: 'remote' });
    expect(error).toHaveProperty('message', expect.stringContaining(location));
    expect(registry.seen.filter(({ method }) => method === 'PUT' || method === 'PATCH')).toEqual([]);
  });
});
