import { describe, expect, it } from 'vitest';
import { digestOf } from '../model/digest.ts';
import { begunUpload, pushBlob } from './testing/push.ts';
import { send } from './testing/send.ts';
import { startedRegistry } from './testing/started-registry.ts';

const uuid =
  /\/v2\/shop\/blobs\/uploads\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\?_state=/;

describe('POST of an upload', () => {
  it('begins a session of its own each time', async () => {
    const registry = await startedRegistry();
    const reply = await send(registry, 'POST', '/v2/shop/blobs/uploads/');
    expect([reply.status, reply.header('range')]).toEqual([202, '0-0']);
    expect(reply.header('location')).toMatch(new RegExp(`^${uuid.source}`));
    expect(await begunUpload(registry, 'shop')).not.toBe(reply.header('location'));
  });

  it('may name places with scheme and host', async () => {
    const registry = await startedRegistry({ quirks: { absoluteLocations: true } });
    const location = await begunUpload(registry, 'shop');
    expect(location.startsWith(`${registry.origin}/v2/shop/`)).toBe(true);
    const digest = digestOf('abc');
    const reply = await send(registry, 'PUT', `${location}&digest=${digest}`, { body: 'abc' });
    expect(reply.header('location')).toBe(`${registry.origin}/v2/shop/blobs/${digest}`);
  });

  it('takes a whole blob at once', async () => {
    const registry = await startedRegistry();
    const digest = digestOf('abc');
    const path = `/v2/shop/blobs/uploads/?digest=${digest}`;
    const reply = await send(registry, 'POST', path, { body: 'abc' });
    expect([reply.status, reply.header('location')]).toEqual([201, `/v2/shop/blobs/${digest}`]);
    expect(registry.blob('shop', digest)).toEqual(Buffer.from('abc'));
    const wrong = await send(registry, 'POST', path, { body: 'abd' });
    expect([wrong.status, wrong.code]).toEqual([400, 'DIGEST_INVALID']);
  });

  it('mounts what another repository has, or any when none is named', async () => {
    const registry = await startedRegistry();
    const digest = await pushBlob(registry, 'team/base', 'abc');
    for (const query of [`mount=${digest}&from=team/base`, `mount=${digest}`]) {
      const reply = await send(registry, 'POST', `/v2/shop/blobs/uploads/?${query}`);
      expect([reply.status, reply.header('location')]).toEqual([201, `/v2/shop/blobs/${digest}`]);
      expect(reply.header('docker-content-digest')).toBe(digest);
      expect((await send(registry, 'DELETE', `/v2/shop/blobs/${digest}`)).status).toBe(202);
    }
  });

  it('begins an upload where there is nothing to mount', async () => {
    const registry = await startedRegistry();
    const digest = await pushBlob(registry, 'team/base', 'abc');
    for (const query of [`mount=${digest}&from=other`, `mount=${digestOf('x')}`]) {
      const reply = await send(registry, 'POST', `/v2/shop/blobs/uploads/?${query}`);
      const location = reply.header('location');
      expect([reply.status, uuid.test(location)]).toEqual([202, true]);
      const stored = await send(registry, 'PUT', `${location}&digest=${digest}`, { body: 'abc' });
      expect(stored.status).toBe(201);
    }
  });

  it.each([{ noMount: true }, { ecr: true }])('mounts nothing with the quirk %j', async (quirks) => {
    const registry = await startedRegistry({ quirks });
    for (const name of ['team/base', 'shop']) registry.createRepository(name);
    const digest = await pushBlob(registry, 'team/base', 'abc');
    const path = `/v2/shop/blobs/uploads/?mount=${digest}&from=team/base`;
    expect((await send(registry, 'POST', path)).status).toBe(202);
    expect(registry.blob('shop', digest)).toBeUndefined();
  });

  it('tells the smallest part', async () => {
    const registry = await startedRegistry({ quirks: { chunkMinBytes: 10 } });
    const reply = await send(registry, 'POST', '/v2/shop/blobs/uploads/');
    expect(reply.header('oci-chunk-min-length')).toBe('10');
  });

  it.each(['digest=sha256:abc', `mount=md5:${'0'.repeat(32)}&from=a`, 'digest='])(
    'refuses %s',
    async (query) => {
      const registry = await startedRegistry();
      const reply = await send(registry, 'POST', `/v2/shop/blobs/uploads/?${query}`);
      expect([reply.status, reply.code]).toEqual([400, 'DIGEST_INVALID']);
    },
  );
});
