import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../model/digest.ts';
import { begunUpload } from './testing/push.ts';
import { send } from './testing/send.ts';
import { startedRegistry } from './testing/started-registry.ts';

describe('PUT of an upload', () => {
  it('stores what has come, the last part in its body included', async () => {
    const registry = await startedRegistry();
    const digest = digestOf('abcdef');
    const first = await send(registry, 'PATCH', await begunUpload(registry, 'shop'), { body: 'abc' });
    const location = `${first.header('location')}&digest=${encodeURIComponent(digest)}`;
    const headers = { 'content-range': '3-5' };
    const reply = await send(registry, 'PUT', location, { body: 'def', headers });
    expect([reply.status, reply.header('location')]).toEqual([201, `/v2/shop/blobs/${digest}`]);
    expect(reply.header('docker-content-digest')).toBe(digest);
    expect(registry.blob('shop', digest)).toEqual(Buffer.from('abcdef'));
    expect((await send(registry, 'PUT', location)).code).toBe('BLOB_UPLOAD_UNKNOWN');
  });

  it('stores an empty blob', async () => {
    const registry = await startedRegistry();
    const location = await begunUpload(registry, 'shop');
    expect((await send(registry, 'PUT', `${location}&digest=${digestOf('')}`)).status).toBe(201);
    expect(registry.blob('shop', digestOf(''))?.byteLength).toBe(0);
  });

  it('refuses what is out of its place, and can then be repeated', async () => {
    const registry = await startedRegistry();
    const location = `${await begunUpload(registry, 'shop')}&digest=${digestOf('abc')}`;
    const refused = await send(registry, 'PUT', location, {
      body: 'abc',
      headers: { 'content-range': '1-3' },
    });
    expect([refused.status, refused.header('range')]).toEqual([416, '0-0']);
    expect((await send(registry, 'PUT', location, { body: 'abc' })).status).toBe(201);
  });

  it('refuses another content, and the upload is over', async () => {
    const registry = await startedRegistry();
    const location = await begunUpload(registry, 'shop');
    const reply = await send(registry, 'PUT', `${location}&digest=${digestOf('abc')}`, { body: 'abd' });
    expect([reply.status, reply.code]).toEqual([400, 'DIGEST_INVALID']);
    expect(registry.blob('shop', digestOf('abc'))).toBeUndefined();
    expect((await send(registry, 'GET', location)).status).toBe(404);
  });

  it.each(['', '&digest=', '&digest=sha256:ABC', `&digest=sha1:${'0'.repeat(40)}`])(
    'refuses to close with "%s"',
    async (query) => {
      const registry = await startedRegistry();
      const reply = await send(registry, 'PUT', `${await begunUpload(registry, 'shop')}${query}`);
      expect([reply.status, reply.code]).toEqual([400, 'DIGEST_INVALID']);
    },
  );

  it('knows SHA-512', async () => {
    const registry = await startedRegistry();
    const digest = `sha512:${createHash('sha512').update('abc').digest('hex')}`;
    const location = `${await begunUpload(registry, 'shop')}&digest=${digest}`;
    expect((await send(registry, 'PUT', location, { body: 'abc' })).status).toBe(201);
    expect((await send(registry, 'GET', `/v2/shop/blobs/${digest}`)).text).toBe('abc');
  });
});
