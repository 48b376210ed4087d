import { once } from 'node:events';
import { request } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { digestOf } from '../model/digest.ts';
import type { MemoryRegistry } from './memory-registry.ts';
import { begunUpload } from './testing/push.ts';
import { type Reply, send } from './testing/send.ts';
import { startedRegistry } from './testing/started-registry.ts';

function patch(
  registry: MemoryRegistry,
  location: string,
  body: string | Uint8Array | ReadableStream,
  range?: string,
): Promise<Reply> {
  const headers = range === undefined ? {} : { 'content-range': range };
  return send(registry, 'PATCH', location, { body, headers });
}

const mebibyte = 1024 * 1024;

describe('PATCH of an upload', () => {
  it('takes one part after the other, and says what it has', async () => {
    const registry = await startedRegistry();
    const first = await patch(registry, await begunUpload(registry, 'shop'), 'abc', '0-2');
    expect([first.status, first.header('range')]).toEqual([202, '0-2']);
    const second = await patch(registry, first.header('location'), 'def', '3-5');
    expect([second.status, second.header('range')]).toEqual([202, '0-5']);
    const state = await send(registry, 'GET', first.header('location'));
    expect([state.status, state.header('range')]).toEqual([204, '0-5']);
    const path = `${state.header('location')}&digest=${digestOf('abcdef')}`;
    expect((await send(registry, 'PUT', path)).status).toBe(201);
  });

  it('takes a stream without a range', async () => {
    const registry = await startedRegistry();
    const stream = new Blob(['abc', 'def']).stream();
    const reply = await patch(registry, await begunUpload(registry, 'shop'), stream);
    expect([reply.status, reply.header('range')]).toEqual([202, '0-5']);
  });

  it.each(['4-6', '0-2', '2-4', '3-2', 'bytes 3-5', '3-'])(
    'refuses the range %s after 0-2',
    async (range) => {
      const registry = await startedRegistry();
      const first = await patch(registry, await begunUpload(registry, 'shop'), 'abc', '0-2');
      const reply = await patch(registry, first.header('location'), 'def', range);
      expect([reply.status, reply.header('range')]).toEqual([416, '0-2']);
      const next = await patch(registry, reply.header('location'), 'def', '3-5');
      expect(next.header('range')).toBe('0-5');
    },
  );

  it('keeps nothing of a part that is not as long as it says', async () => {
    const registry = await startedRegistry();
    const location = await begunUpload(registry, 'shop');
    const reply = await patch(registry, location, 'abc', '0-5');
    expect([reply.status, reply.code]).toEqual([400, 'SIZE_INVALID']);
    expect((await patch(registry, location, 'abc', '0-2')).status).toBe(202);
  });

  it('wants the query of its Location back', async () => {
    const registry = await startedRegistry();
    const location = await begunUpload(registry, 'shop');
    const [path = ''] = location.split('?');
    expect((await patch(registry, path, 'abc')).code).toBe('BLOB_UPLOAD_INVALID');
    expect((await patch(registry, `${path}?_state=other`, 'abc')).status).toBe(400);
    const unknown = await patch(registry, location.replace('-000000000001', '-000000000002'), 'abc');
    expect([unknown.status, unknown.code]).toEqual([404, 'BLOB_UPLOAD_UNKNOWN']);
    const elsewhere = await patch(registry, location.replace('shop', 'other'), 'abc');
    expect(elsewhere.code).toBe('BLOB_UPLOAD_UNKNOWN');
  });

  it('takes only one part at a time', async () => {
    const registry = await startedRegistry();
    const location = await begunUpload(registry, 'shop');
    const headers = { 'content-length': '4' };
    const slow = request(new URL(location, registry.origin), { method: 'PATCH', headers });
    const answered = once(slow, 'response');
    slow.write('ab');
    await vi.waitFor(() => expect(registry.receivedBytes).toBe(2));
    expect((await patch(registry, location, 'cdef', '2-5')).header('range')).toBe('0-5');
    slow.end('gh');
    const [{ statusCode }] = await answered;
    expect(statusCode).toBe(416);
    expect((await send(registry, 'GET', location)).header('range')).toBe('0-5');
  });

  it('ends with DELETE', async () => {
    const registry = await startedRegistry();
    const location = await begunUpload(registry, 'shop');
    expect((await send(registry, 'DELETE', location)).status).toBe(204);
    expect((await send(registry, 'GET', location)).code).toBe('BLOB_UPLOAD_UNKNOWN');
    expect(await begunUpload(registry, 'shop')).not.toBe(location);
  });
});

describe('parts with a smallest size', () => {
  it('may be smaller only when they are the last', async () => {
    const registry = await startedRegistry({ quirks: { chunkMinBytes: 4 } });
    const first = await patch(registry, await begunUpload(registry, 'shop'), 'abcd', '0-3');
    const second = await patch(registry, first.header('location'), 'ef', '4-5');
    expect(second.status).toBe(202);
    const third = await patch(registry, second.header('location'), 'ghij', '6-9');
    expect([third.status, third.code]).toEqual([400, 'SIZE_INVALID']);
    const path = `${second.header('location')}&digest=`;
    const closing = await send(registry, 'PUT', `${path}${digestOf('abcdefg')}`, { body: 'g' });
    expect(closing.code).toBe('SIZE_INVALID');
    expect((await send(registry, 'PUT', `${path}${digestOf('abcdef')}`)).status).toBe(201);
  });

  it('may be closed with a last one of any size', async () => {
    const registry = await startedRegistry({ quirks: { chunkMinBytes: 4 } });
    const first = await patch(registry, await begunUpload(registry, 'shop'), 'abcd', '0-3');
    const path = `${first.header('location')}&digest=${digestOf('abcde')}`;
    expect((await send(registry, 'PUT', path, { body: 'e' })).status).toBe(201);
  });
});

describe('parts in the manner of ECR', () => {
  it('are answered with 201, and have from 5 to 10 MiB', async () => {
    const registry = await startedRegistry({ quirks: { ecr: true } });
    registry.createRepository('shop');
    const part = Buffer.alloc(5 * mebibyte);
    const first = await patch(registry, await begunUpload(registry, 'shop'), part, `0-${5 * mebibyte - 1}`);
    expect(first.status).toBe(201);
    const range = `${5 * mebibyte}-${15 * mebibyte}`;
    const large = await patch(registry, first.header('location'), Buffer.alloc(10 * mebibyte + 1), range);
    expect([large.status, large.code]).toEqual([400, 'SIZE_INVALID']);
    const small = await patch(registry, first.header('location'), 'a', `${5 * mebibyte}-${5 * mebibyte}`);
    expect(small.status).toBe(201);
    const next = await patch(registry, small.header('location'), part);
    expect([next.status, next.code]).toEqual([400, 'SIZE_INVALID']);
  });

  it('are there, though Range stays where the first one ended', async () => {
    const registry = await startedRegistry({ quirks: { ecr: true } });
    registry.createRepository('shop');
    const part = Buffer.alloc(5 * mebibyte);
    const firstRange = `0-${5 * mebibyte - 1}`;
    const first = await patch(registry, await begunUpload(registry, 'shop'), part, firstRange);
    const second = await patch(
      registry,
      first.header('location'),
      part,
      `${5 * mebibyte}-${10 * mebibyte - 1}`,
    );
    expect([first.header('range'), second.header('range')]).toEqual([firstRange, firstRange]);
    const state = await send(registry, 'GET', second.header('location'));
    expect(state.header('range')).toBe(`0-${10 * mebibyte - 1}`);
  });

  it('go only to repositories that exist', async () => {
    const registry = await startedRegistry({ quirks: { ecr: true } });
    const refused = await send(registry, 'POST', '/v2/shop/blobs/uploads/');
    expect([refused.status, refused.code]).toEqual([404, 'NAME_UNKNOWN']);
    registry.createRepository('shop');
    const begun = await send(registry, 'POST', '/v2/shop/blobs/uploads/');
    expect([begun.status, begun.header('oci-chunk-min-length')]).toEqual([202, '']);
  });
});

describe('bodies that are too large for what stands before the registry', () => {
  it.each([
    ['with a length', 'abcdef'],
    ['as a stream', new Blob(['abc', 'def']).stream()],
  ])('are refused %s, and nothing of them passes', async (_, body) => {
    const registry = await startedRegistry({ quirks: { maxChunkBytes: 5 } });
    const location = await begunUpload(registry, 'shop');
    const reply = await patch(registry, location, body);
    expect([reply.status, reply.header('content-type')]).toEqual([413, 'text/html']);
    const next = await patch(registry, location, 'abcde', '0-4');
    expect([next.status, next.header('range')]).toEqual([202, '0-4']);
  });

  it('are refused before it is asked who comes', async () => {
    const auth = { kind: 'basic', username: 'a', password: 'b' } as const;
    const registry = await startedRegistry({ auth, quirks: { maxChunkBytes: 5 } });
    const replies = [
      await send(registry, 'POST', '/v2/shop/blobs/uploads/', { body: 'abcdef' }),
      await send(registry, 'POST', '/v2/shop/blobs/uploads/', { body: 'abcde' }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([413, 401]);
  });
});
