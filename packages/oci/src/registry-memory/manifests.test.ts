import { describe, expect, it } from 'vitest';
import { digestOf } from '../model/digest.ts';
import { mediaTypes } from '../model/media-types.ts';
import { manifestOf, pushImage } from './testing/push.ts';
import { send } from './testing/send.ts';
import { startedRegistry } from './testing/started-registry.ts';

describe('manifests', () => {
  it('are served by tag and by digest, byte for byte', async () => {
    const registry = await startedRegistry();
    const digest = await pushImage(registry, 'shop', '1');
    for (const reference of ['1', digest]) {
      const path = `/v2/shop/manifests/${reference}`;
      const reply = await send(registry, 'GET', path);
      expect([reply.status, reply.text]).toEqual([200, manifestOf('a layer').toString()]);
      expect(reply.header('content-type')).toBe(mediaTypes.manifest);
      const head = await send(registry, 'HEAD', path);
      expect([head.status, head.header('docker-content-digest')]).toEqual([200, digest]);
      expect(head.header('content-length')).toBe(String(manifestOf('a layer').byteLength));
    }
  });

  it.each(['2', digestOf('x'), '..', '-'])('are unknown as "%s"', async (reference) => {
    const registry = await startedRegistry();
    await pushImage(registry, 'shop', '1');
    for (const name of ['shop', 'other']) {
      const reply = await send(registry, 'GET', `/v2/${name}/manifests/${encodeURIComponent(reference)}`);
      expect(reply.status).toBe(404);
    }
  });

  it('lose a tag, and stay', async () => {
    const registry = await startedRegistry();
    const digest = await pushImage(registry, 'shop', '1');
    await pushImage(registry, 'shop', '2');
    expect((await send(registry, 'DELETE', '/v2/shop/manifests/1')).status).toBe(202);
    expect((await send(registry, 'GET', '/v2/shop/manifests/1')).code).toBe('MANIFEST_UNKNOWN');
    expect((await send(registry, 'GET', '/v2/shop/manifests/2')).status).toBe(200);
    expect((await send(registry, 'DELETE', '/v2/shop/manifests/1')).code).toBe('MANIFEST_UNKNOWN');
    expect((await send(registry, 'GET', `/v2/shop/manifests/${digest}`)).status).toBe(200);
  });

  it('go with all their tags', async () => {
    const registry = await startedRegistry();
    const digest = await pushImage(registry, 'shop', '1');
    await pushImage(registry, 'shop', '2');
    expect((await send(registry, 'DELETE', `/v2/shop/manifests/${digest}`)).status).toBe(202);
    expect(registry.tags('shop').size).toBe(0);
    expect((await send(registry, 'GET', `/v2/shop/manifests/${digest}`)).status).toBe(404);
    expect((await send(registry, 'DELETE', `/v2/shop/manifests/${digest}`)).status).toBe(404);
  });

  it('may lose only all their tags', async () => {
    const registry = await startedRegistry({ quirks: { noTagDelete: true } });
    const digest = await pushImage(registry, 'shop', '1');
    const reply = await send(registry, 'DELETE', '/v2/shop/manifests/1');
    expect([reply.status, reply.code]).toEqual([405, 'UNSUPPORTED']);
    expect((await send(registry, 'DELETE', `/v2/shop/manifests/${digest}`)).status).toBe(202);
  });
});
