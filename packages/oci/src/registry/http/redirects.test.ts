import { describe, expect, it } from 'vitest';
import { digestOf } from '../../model/digest.ts';
import { mediaTypes } from '../../model/media-types.ts';
import { startedRegistry } from '../../registry-memory/testing/started-registry.ts';
import { makeCertificate } from '../../testing/certificate.ts';
import { imageParts, plantImage } from '../../testing/planted-image.ts';
import { pulled } from '../../testing/pulled.ts';
import { answer, scriptedServer } from '../../testing/scripted-server.ts';
import { hasTools } from '../../testing/tools.ts';

const parts = imageParts();
const credentials = { find: async () => ({ username: 'otto', password: 'geheim' }) };
const manifestType = { 'content-type': mediaTypes.manifest };
const blobs = new Map([parts.layer, parts.config].map((bytes) => [digestOf(bytes) as string, bytes]));

/** Serves the image to everybody. */
function bucket() {
  return scriptedServer((request, response) => {
    if (request.url?.includes('manifest'))
      return answer(response, 200, Buffer.from(parts.manifest), manifestType);
    const digest = /sha256:[0-9a-f]{64}/.exec(request.url ?? '')?.[0] ?? '';
    return answer(response, 200, Buffer.from(blobs.get(digest) ?? ''));
  });
}

/** Wants Basic credentials, and sends everybody on. */
function sendingOn(location: (path: string) => string, status = 307, headers: Record<string, string> = {}) {
  return scriptedServer((request, response) => {
    if (request.headers.authorization === undefined)
      return answer(response, 401, {}, { 'www-authenticate': 'Basic realm="x"' });
    return answer(response, status, '', { location: location(request.url ?? ''), ...headers });
  });
}

describe('where a registry sends its readers', () => {
  it.each([301, 302, 303, 307, 308])('they go after a %d, without their credentials', async (status) => {
    const storage = await bucket();
    const registry = await sendingOn((path) => `${storage.origin}${path}?signature=1`, status);
    const { error } = await pulled(`${registry.address}/shop:1`, { credentials });
    expect(error).toBeUndefined();
    expect(storage.seen).toHaveLength(3);
    expect(storage.seen.every(({ path }) => path.endsWith('?signature=1'))).toBe(true);
    expect(storage.seen.filter(({ headers }) => headers.authorization ?? headers.cookie)).toEqual([]);
    expect(registry.seen.some(({ headers }) => headers.authorization)).toBe(true);
  });

  it('they bear no token there either, and are not asked for one by it', async () => {
    const storage = await bucket();
    const registry = await startedRegistry({
      auth: { kind: 'bearer', username: 'otto', password: 'geheim' },
      quirks: { redirectBlobsTo: storage.origin },
    });
    plantImage(registry, 'shop', parts, '1');
    expect((await pulled(`${registry.address}/shop:1`, { credentials })).error).toBeUndefined();
    expect(storage.seen).toHaveLength(2);
    expect(storage.seen.filter(({ headers }) => headers.authorization)).toEqual([]);
  });

  it('they keep their credentials when that is the registry itself', async () => {
    const registry = await scriptedServer((request, response) => {
      const url = request.url ?? '';
      if (request.headers.authorization === undefined)
        return answer(response, 401, {}, { 'www-authenticate': 'Basic realm="x"' });
      if (!url.startsWith('/stored')) return answer(response, 307, '', { location: `/stored${url}` });
      if (url.includes('/manifests/'))
        return answer(response, 200, Buffer.from(parts.manifest), manifestType);
      return answer(response, 200, Buffer.from(blobs.get(url.split('/').at(-1) ?? '') ?? ''));
    });
    expect((await pulled(`${registry.address}/shop:1`, { credentials })).error).toBeUndefined();
  });

  it('they do not get their credentials back that were elsewhere in between', async () => {
    const detour = await scriptedServer((_, response) =>
      answer(response, 307, '', { location: `${registry.origin}/back` }),
    );
    const registry = await sendingOn((path) => (path === '/back' ? '/x' : `${detour.origin}/there`));
    expect((await pulled(`${registry.address}/shop:1`, { credentials })).error?.code).toBe(
      'CATA_REGISTRY_UNAUTHORIZED',
    );
    const back = registry.seen.filter(({ path }) => path === '/back');
    expect(back.length).toBeGreaterThan(0);
    expect(back.filter(({ headers }) => headers.authorization)).toEqual([]);
  });

  it('nobody else is told who they are: a 401 from there is no question to be answered', async () => {
    const thief = await scriptedServer((request, response) => {
      if (request.url?.startsWith('/token')) return answer(response, 200, { token: 'x' });
      return answer(
        response,
        401,
        {},
        { 'www-authenticate': `Bearer realm="${thief.origin}/token",service="x"` },
      );
    });
    const registry = await sendingOn((path) => `${thief.origin}${path}`);
    const { error } = await pulled(`${registry.address}/shop:1`, { credentials });
    expect(error?.code).toBe('CATA_REGISTRY_UNAUTHORIZED');
    expect(error?.message).not.toContain('geheim');
    expect(
      thief.seen.filter(({ path, headers }) => path.startsWith('/token') || headers.authorization),
    ).toEqual([]);
  });

  it('they go where a relative address leads', async () => {
    const registry = await scriptedServer((request, response) => {
      const url = request.url ?? '';
      if (url === '/v2/shop/manifests/other')
        return answer(response, 200, Buffer.from(parts.manifest), manifestType);
      if (url.includes('/manifests/')) return answer(response, 302, '', { location: 'other' });
      return answer(response, 200, Buffer.from(blobs.get(url.split('/').at(-1) ?? '') ?? ''));
    });
    expect((await pulled(`${registry.address}/shop:1`)).error).toBeUndefined();
  });

  it('they go five times, and not six', async () => {
    const hops = (count: number) =>
      scriptedServer((request, response) => {
        const url = request.url ?? '';
        const hop = Number(/^\/hop(\d+)/.exec(url)?.[1] ?? 0);
        if (url.includes('/blobs/'))
          return answer(response, 200, Buffer.from(blobs.get(url.split('/').at(-1) ?? '') ?? ''));
        if (hop === count) return answer(response, 200, Buffer.from(parts.manifest), manifestType);
        return answer(response, 307, '', { location: `/hop${hop + 1}?signature=topsecret` });
      });
    expect((await pulled(`${(await hops(5)).address}/shop:1`)).error).toBeUndefined();
    const registry = await hops(6);
    const { error } = await pulled(`${registry.address}/shop:1`);
    expect(error).toMatchObject({ code: 'CATA_REGISTRY_REDIRECT', fault: 'remote' });
    expect(error?.message).toContain('to "/hop6?…": it is sent on more than 5 times');
    expect(registry.seen).toHaveLength(6);
  });

  it.each([
    ['a circle', '/v2/shop/manifests/1', 'it is sent on more than 5 times'],
    ['a file', 'file:///etc/passwd', 'that is neither HTTP nor HTTPS'],
    ['FTP', 'ftp://a.example/', 'that is neither HTTP nor HTTPS'],
    ['data', 'data:application/json,{}', 'that is neither HTTP nor HTTPS'],
    ['nowhere', 'https://[', 'that is no address'],
    ['a port that is none', 'http://a.example:99999/', 'that is no address'],
  ])('they do not go when it is %s', async (_, location, reason) => {
    const registry = await sendingOn(() => location);
    const { error, files } = await pulled(`${registry.address}/shop:1`, { credentials });
    expect(error).toMatchObject({ code: 'CATA_REGISTRY_REDIRECT', fault: 'remote' });
    expect(error?.message).toContain(location.replace(/\?.*/, ''));
    expect(error?.message).toContain(reason);
    expect(files).toEqual([]);
  });

  it('they take along nothing of an address that holds a user and a password, nor show it', async () => {
    const storage = await bucket();
    const registry = await sendingOn((path) => `http://karl:fremd@${storage.address}${path}`);
    expect((await pulled(`${registry.address}/shop:1`, { credentials })).error).toBeUndefined();
    expect(storage.seen.filter(({ headers }) => headers.authorization)).toEqual([]);
    const further = await sendingOn(() => 'ftp://karl:fremd@a.example/');
    const { error } = await pulled(`${further.address}/shop:1`, { credentials });
    expect(error?.message).not.toContain('fremd');
  });

  it.skipIf(!hasTools('openssl'))('they do not go from TLS to where there is none', async () => {
    const storage = await bucket();
    const certificate = makeCertificate('127.0.0.1');
    const registry = await scriptedServer(
      (request, response) =>
        answer(response, 307, '', { location: `${storage.origin}${request.url}?signature=topsecret` }),
      certificate,
    );
    const { error } = await pulled(`${registry.address}/shop:1`, { credentials, ca: [certificate.cert] });
    expect(error).toMatchObject({ code: 'CATA_REGISTRY_REDIRECT', fault: 'remote' });
    expect(error?.message).toContain('that is without TLS');
    expect(error?.message).not.toContain('topsecret');
    expect(storage.seen).toEqual([]);
  });

  it('they are not kept waiting by an answer that has no end', async () => {
    const storage = await bucket();
    const registry = await scriptedServer(async (request, response) => {
      response.on('error', () => {});
      response.writeHead(307, { location: `${storage.origin}${request.url}` });
      while (!response.destroyed) {
        response.write('x'.repeat(10_000));
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    });
    expect((await pulled(`${registry.address}/shop:1`)).error).toBeUndefined();
  });
});
