import { describe, expect, it } from 'vitest';
import { digestOf } from '../model/digest.ts';
import { pushBlob } from './testing/push.ts';
import { send } from './testing/send.ts';
import { startedRegistry } from './testing/started-registry.ts';

describe('blobs', () => {
  it('are served, and described', async () => {
    const registry = await startedRegistry();
    const digest = await pushBlob(registry, 'shop', 'abcdef');
    const path = `/v2/shop/blobs/${digest}`;
    const whole = await send(registry, 'GET', path);
    expect([whole.status, whole.text, whole.header('docker-content-digest')]).toEqual([
      200,
      'abcdef',
      digest,
    ]);
    const head = await send(registry, 'HEAD', path);
    expect([head.status, head.text, head.header('content-length')]).toEqual([200, '', '6']);
    expect(head.header('docker-content-digest')).toBe(digest);
  });

  it.each([
    ['bytes=0-2', 206, 'abc', 'bytes 0-2/6'],
    ['bytes=4-', 206, 'ef', 'bytes 4-5/6'],
    ['bytes=-1', 206, 'f', 'bytes 5-5/6'],
    ['bytes=-9', 206, 'abcdef', 'bytes 0-5/6'],
    ['bytes=2-99', 206, 'cdef', 'bytes 2-5/6'],
    ['bytes=3-2', 200, 'abcdef', ''],
    ['bytes=0-1,3-4', 200, 'abcdef', ''],
    ['lines=0-1', 200, 'abcdef', ''],
  ])('are served in part for %s', async (range, status, text, part) => {
    const registry = await startedRegistry();
    const digest = await pushBlob(registry, 'shop', 'abcdef');
    const reply = await send(registry, 'GET', `/v2/shop/blobs/${digest}`, { headers: { range } });
    expect([reply.status, reply.text, reply.header('content-range')]).toEqual([status, text, part]);
  });

  it.each(['bytes=6-', 'bytes=9-12', 'bytes=-0'])('have nothing for %s', async (range) => {
    const registry = await startedRegistry();
    const digest = await pushBlob(registry, 'shop', 'abcdef');
    const reply = await send(registry, 'GET', `/v2/shop/blobs/${digest}`, { headers: { range } });
    expect([reply.status, reply.header('content-range')]).toEqual([416, 'bytes */6']);
  });

  it('are unknown in other repositories, and after they were deleted', async () => {
    const registry = await startedRegistry();
    const digest = await pushBlob(registry, 'shop', 'abcdef');
    expect((await send(registry, 'GET', `/v2/other/blobs/${digest}`)).code).toBe('BLOB_UNKNOWN');
    expect((await send(registry, 'DELETE', `/v2/shop/blobs/${digest}`)).status).toBe(202);
    expect((await send(registry, 'HEAD', `/v2/shop/blobs/${digest}`)).status).toBe(404);
    expect((await send(registry, 'DELETE', `/v2/shop/blobs/${digest}`)).code).toBe('BLOB_UNKNOWN');
    expect((await send(registry, 'GET', '/v2/shop/blobs/latest')).code).toBe('DIGEST_INVALID');
  });

  it('may be served by another server', async () => {
    const store = await startedRegistry();
    const registry = await startedRegistry({ quirks: { redirectBlobsTo: store.origin } });
    const path = `/v2/shop/blobs/${await pushBlob(registry, 'shop', 'abcdef')}`;
    const reply = await send(registry, 'GET', path);
    expect([reply.status, reply.header('location')]).toEqual([307, `${store.origin}${path}`]);
    expect((await send(registry, 'HEAD', path)).status).toBe(200);
    expect((await send(registry, 'GET', `/v2/shop/blobs/${digestOf('x')}`)).status).toBe(404);
  });
});
