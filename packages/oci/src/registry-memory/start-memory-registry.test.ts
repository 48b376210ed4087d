import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { digestOf } from '../model/digest.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { hasTools, runTool } from '../testing/tools.ts';
import { startMemoryRegistry } from './start-memory-registry.ts';
import { pushBlob, pushImage } from './testing/push.ts';
import { send } from './testing/send.ts';
import { startedRegistry } from './testing/started-registry.ts';

describe('startMemoryRegistry', () => {
  it('answers what asks whether it is a registry', async () => {
    const registry = await startedRegistry();
    expect(registry.origin).toBe(`http://${registry.address}`);
    const reply = await send(registry, 'GET', '/v2/');
    expect(reply.status).toBe(200);
    expect(reply.header('docker-distribution-api-version')).toBe('registry/2.0');
    expect((await send(registry, 'HEAD', '/v2/')).status).toBe(200);
  });

  it.each(['UPPER', 'a//b', 'a/', '-a', 'a___b', 'a b', 'x'.repeat(256)])(
    'refuses the repository name "%s"',
    async (name) => {
      const registry = await startedRegistry();
      const reply = await send(registry, 'GET', `/v2/${encodeURIComponent(name)}/tags/list`);
      expect([reply.status, reply.code]).toEqual([400, 'NAME_INVALID']);
    },
  );

  it.each(['a', 'a__b/c-d.e', 'a---b', '0/1/2/3'])('takes the repository name "%s"', async (name) => {
    const registry = await startedRegistry();
    await pushBlob(registry, name, 'x');
    expect((await send(registry, 'GET', `/v2/${name}/tags/list`)).status).toBe(200);
  });

  it('has nothing elsewhere, and takes no other methods', async () => {
    const registry = await startedRegistry();
    expect((await send(registry, 'GET', '/v1/')).status).toBe(404);
    expect((await send(registry, 'GET', '/token')).status).toBe(404);
    expect((await send(registry, 'PUT', '/v2/')).code).toBe('UNSUPPORTED');
    expect((await send(registry, 'PATCH', '/v2/a/tags/list')).status).toBe(405);
  });

  it('remembers every request and what came with it', async () => {
    const registry = await startedRegistry();
    await pushBlob(registry, 'shop', 'four');
    await send(registry, 'GET', '/v2/shop/tags/list?n=1', { headers: { 'X-Who': 'test' } });
    expect(registry.requests).toMatchObject([
      { method: 'POST', bodyBytes: 4, status: 201 },
      { method: 'GET', path: '/v2/shop/tags/list?n=1', bodyBytes: 0, status: 200 },
    ]);
    expect(registry.requests[1]?.headers['x-who']).toBe('test');
    expect(registry.receivedBytes).toBe(4);
  });

  it('lets itself be looked at from inside', async () => {
    const registry = await startedRegistry();
    const digest = await pushImage(registry, 'shop', '1');
    expect(registry.tags('shop')).toEqual(new Map([['1', digest]]));
    expect(registry.manifest('shop', digest)?.mediaType).toBe('application/vnd.oci.image.manifest.v1+json');
    expect(Buffer.from(registry.blob('shop', digestOf('a layer')) ?? [])).toEqual(Buffer.from('a layer'));
    expect(registry.blob('other', digest)).toBeUndefined();
    expect(registry.tags('other').size).toBe(0);
  });

  it('serves what was planted, whatever it is', async () => {
    const registry = await startedRegistry();
    const digest = digestOf('what was promised');
    const bytes = Buffer.from('what came');
    registry.plantBlob('shop', digest, bytes);
    registry.plantManifest('shop', digest, 'text/plain', bytes);
    registry.plantManifest('shop', 'latest', 'text/plain', bytes);
    expect((await send(registry, 'GET', `/v2/shop/blobs/${digest}`)).text).toBe('what came');
    for (const reference of [digest, 'latest']) {
      const reply = await send(registry, 'GET', `/v2/shop/manifests/${reference}`);
      expect([reply.text, reply.header('content-type')]).toEqual(['what came', 'text/plain']);
    }
  });

  it('takes names with all of their characters encoded', async () => {
    const registry = await startedRegistry();
    const digest = await pushBlob(registry, 'team/shop', 'x');
    const path = `/v2/${encodeURIComponent('team/shop')}/blobs/${encodeURIComponent(digest)}`;
    expect((await send(registry, 'HEAD', path)).status).toBe(200);
  });

  it('is gone afterwards, even while a client keeps its connection', async () => {
    const registry = await startMemoryRegistry();
    await send(registry, 'GET', '/v2/');
    await registry[Symbol.asyncDispose]();
    await expect(send(registry, 'GET', '/v2/')).rejects.toThrow();
  });
});

describe.skipIf(!hasTools('openssl'))('with TLS', () => {
  it('is the same', async () => {
    const { key, cert } = selfSigned();
    const registry = await startedRegistry({ tls: { key, cert }, quirks: { absoluteLocations: true } });
    expect(registry.origin).toBe(`https://${registry.address}`);
    const dispatcher = new Agent({ connect: { ca: cert } });
    onTestFinished(() => dispatcher.destroy());
    const url = `${registry.origin}/v2/shop/blobs/uploads/`;
    const { statusCode, headers } = await request(url, { method: 'POST', dispatcher });
    expect([statusCode, String(headers.location).startsWith(url)]).toEqual([202, true]);
  });
});

function selfSigned(): { readonly key: string; readonly cert: string } {
  const folder = temporaryFolder();
  const asked = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=test';
  const named = ['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', 'key.pem', '-out', 'cert.pem'];
  runTool('openssl', [...asked.split(' '), ...named], { cwd: folder });
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  return { key: read('key.pem'), cert: read('cert.pem') };
}
