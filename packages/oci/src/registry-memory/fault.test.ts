import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../model/digest.ts';
import type { Fault, FaultPlan } from './fault.ts';
import type { MemoryRegistry } from './memory-registry.ts';
import { faultAt } from './testing/fault-at.ts';
import { begunUpload, manifestOf, pushBlob, pushImage, putManifest } from './testing/push.ts';
import { send } from './testing/send.ts';
import { startedRegistry } from './testing/started-registry.ts';

function faulty(method: string, part: string, fault: Fault): Promise<MemoryRegistry> {
  return startedRegistry({ faults: faultAt(method, part, fault) });
}

/** The body as far as it came before the connection ended. */
function cutBody(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    request(url, (response) => {
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => reject(new Error('the body was whole')));
      response.on('error', () => resolve(text));
    })
      .on('error', reject)
      .end();
  });
}

describe('drop-request', () => {
  it('keeps in the upload what came until then', async () => {
    const registry = await faulty('PATCH', '', { kind: 'drop-request', afterBytes: 4 });
    const location = await begunUpload(registry, 'shop');
    await expect(send(registry, 'PATCH', location, { body: 'abcdef' })).rejects.toThrow('fetch failed');
    const state = await send(registry, 'GET', location);
    expect(state.header('range')).toBe('0-3');
    expect(registry.requests[1]).toMatchObject({ bodyBytes: 4, status: 0 });
    const rest = { body: 'ef', headers: { 'content-range': '4-5' } };
    expect((await send(registry, 'PATCH', state.header('location'), rest)).header('range')).toBe('0-5');
  });

  it.each([0, 6, 100])('does not answer when it is to come after %i of 6 bytes', async (afterBytes) => {
    const registry = await faulty('PUT', '', { kind: 'drop-request', afterBytes });
    const location = await begunUpload(registry, 'shop');
    const path = `${location}&digest=${digestOf('abcdef')}`;
    await expect(send(registry, 'PUT', path, { body: 'abcdef' })).rejects.toThrow();
    expect(registry.blob('shop', digestOf('abcdef'))).toBeUndefined();
    expect((await send(registry, 'GET', location)).header('range')).toBe(afterBytes === 0 ? '0-0' : '0-5');
  });

  it('keeps nothing where parts have a smallest size', async () => {
    const faults = faultAt('PATCH', '', { kind: 'drop-request', afterBytes: 4 });
    const registry = await startedRegistry({ faults, quirks: { chunkMinBytes: 2 } });
    const location = await begunUpload(registry, 'shop');
    await expect(send(registry, 'PATCH', location, { body: 'abcdef' })).rejects.toThrow();
    expect((await send(registry, 'GET', location)).header('range')).toBe('0-0');
    expect((await send(registry, 'PATCH', location, { body: 'abcdef' })).status).toBe(202);
  });

  it('gives no answer to what would have been refused, either', async () => {
    const registry = await faulty('PATCH', '', { kind: 'drop-request', afterBytes: 2 });
    const refused = send(registry, 'PATCH', '/v2/shop/blobs/uploads/none', { body: 'abc' });
    await expect(refused).rejects.toThrow('fetch failed');
  });

  it('does nothing of what was asked for', async () => {
    const registry = await faulty('PUT', 'manifests', { kind: 'drop-request', afterBytes: 10 });
    await expect(pushImage(registry, 'shop', '1')).rejects.toThrow();
    expect(registry.tags('shop').size).toBe(0);
    await pushImage(registry, 'shop', '1');
    const bodiless = await faulty('DELETE', '', { kind: 'drop-request', afterBytes: 10 });
    await pushImage(bodiless, 'shop', '1');
    await expect(send(bodiless, 'DELETE', '/v2/shop/manifests/1')).rejects.toThrow();
    expect(bodiless.tags('shop').size).toBe(1);
  });
});

describe('drop-response', () => {
  it('sends the beginning of the body', async () => {
    const registry = await faulty('GET', 'blobs', { kind: 'drop-response', afterBytes: 3 });
    const digest = await pushBlob(registry, 'shop', 'abcdef');
    expect(await cutBody(`${registry.origin}/v2/shop/blobs/${digest}`)).toBe('abc');
    expect((await send(registry, 'GET', `/v2/shop/blobs/${digest}`)).text).toBe('abcdef');
  });

  it.each([0, 5])('has done the work, with %i bytes for no body at all', async (afterBytes) => {
    const registry = await faulty('PUT', 'manifests', { kind: 'drop-response', afterBytes });
    await expect(pushImage(registry, 'shop', '1')).rejects.toThrow('fetch failed');
    expect(registry.tags('shop').size).toBe(1);
    expect(registry.requests.at(-1)?.status).toBe(0);
  });
});

describe('status', () => {
  it('is answered as an error, and nothing is done', async () => {
    const fault: Fault = { kind: 'status', status: 503, retryAfterSeconds: 7, code: 'DENIED' };
    const registry = await faulty('PUT', 'manifests', fault);
    await expect(pushImage(registry, 'shop', '1')).rejects.toThrow('DENIED');
    expect(registry.tags('shop').size).toBe(0);
    const other = await faulty('GET', '', fault);
    const reply = await send(other, 'GET', '/v2/');
    expect([reply.status, reply.header('retry-after')]).toEqual([503, '7']);
  });

  it.each([
    ['/v2/', 429, 'TOOMANYREQUESTS'],
    ['/v2/', 500, 'UNKNOWN'],
    ['/v2/shop/blobs/x', 404, 'BLOB_UNKNOWN'],
    ['/v2/shop/manifests/x', 404, 'MANIFEST_UNKNOWN'],
    ['/v2/shop/blobs/uploads/x', 404, 'BLOB_UPLOAD_UNKNOWN'],
    ['/v2/shop/tags/list', 404, 'NAME_UNKNOWN'],
  ])('has the usual code: %s %i %s', async (path, status, code) => {
    const registry = await faulty('GET', '', { kind: 'status', status });
    const reply = await send(registry, 'GET', path);
    expect([reply.status, reply.code]).toEqual([status, code]);
  });

  it('says in the middle of an upload how to get in', async () => {
    const faults = faultAt('PATCH', '', { kind: 'status', status: 401 });
    const auth = { kind: 'basic', username: 'a', password: 'b' } as const;
    const registry = await startedRegistry({ faults, auth });
    const headers = { authorization: `Basic ${Buffer.from('a:b').toString('base64')}` };
    const begun = await send(registry, 'POST', '/v2/shop/blobs/uploads/', { headers });
    const part = { headers, body: 'abc' };
    const reply = await send(registry, 'PATCH', begun.header('location'), part);
    expect([reply.status, reply.header('www-authenticate')]).toEqual([
      401,
      `Basic realm="${registry.address}"`,
    ]);
    expect((await send(registry, 'PATCH', begun.header('location'), part)).header('range')).toBe('0-2');
  });
});

describe('faults of what is answered', () => {
  it('cut the body short, and Content-Length agrees', async () => {
    const registry = await faulty('GET', '', { kind: 'truncate-body', bytes: 2 });
    const digest = await pushBlob(registry, 'shop', 'abcdef');
    const reply = await send(registry, 'GET', `/v2/shop/blobs/${digest}`);
    expect([reply.status, reply.text, reply.header('content-length')]).toEqual([200, 'ab', '2']);
  });

  it('flip a bit, in the answer only', async () => {
    const registry = await faulty('GET', '', { kind: 'corrupt-body' });
    const digest = await pushBlob(registry, 'shop', 'abcdef');
    const reply = await send(registry, 'GET', `/v2/shop/blobs/${digest}`);
    expect([reply.text.length, reply.text === 'abcdef']).toEqual([6, false]);
    expect(registry.blob('shop', digest)).toEqual(Buffer.from('abcdef'));
  });

  it('name another digest', async () => {
    const registry = await faulty('PUT', 'manifests', { kind: 'wrong-digest-header' });
    await pushBlob(registry, 'shop', '{}');
    await pushBlob(registry, 'shop', 'a layer');
    const manifest = manifestOf('a layer');
    const reply = await putManifest(registry, 'shop', '1', manifest);
    expect(reply.header('docker-content-digest')).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(reply.header('docker-content-digest')).not.toBe(digestOf(manifest));
    expect(registry.tags('shop').get('1')).toBe(digestOf(manifest));
  });

  it('come late', async () => {
    const registry = await faulty('GET', '', { kind: 'slow', delayMs: 20 });
    expect((await send(registry, 'GET', '/v2/')).status).toBe(200);
  });
});

describe('faults of an upload', () => {
  it('forget a part that was too small, which may then come again', async () => {
    const lost: Fault = { kind: 'forget-part', bytes: 2 };
    const faults: FaultPlan = { next: ({ index }) => (index === 2 ? lost : undefined) };
    const registry = await startedRegistry({ faults, quirks: { chunkMinBytes: 4 } });
    const small = await send(registry, 'PATCH', await begunUpload(registry, 'shop'), { body: 'ab' });
    const first = await send(registry, 'PATCH', small.header('location'), { body: 'abcd' });
    expect([first.status, first.header('range')]).toEqual([202, '0-3']);
  });

  it('forget it', async () => {
    const registry = await faulty('PATCH', '', { kind: 'lose-upload' });
    const location = await begunUpload(registry, 'shop');
    const reply = await send(registry, 'PATCH', location, { body: 'abc' });
    expect([reply.status, reply.code]).toEqual([404, 'BLOB_UPLOAD_UNKNOWN']);
    expect((await send(registry, 'GET', location)).status).toBe(404);
  });

  it('forget its last bytes, so that the next part is out of order', async () => {
    const lost: Fault = { kind: 'forget-part', bytes: 2 };
    const faults: FaultPlan = { next: ({ index }) => (index === 2 ? lost : undefined) };
    const registry = await startedRegistry({ faults });
    const first = await send(registry, 'PATCH', await begunUpload(registry, 'shop'), { body: 'abcdef' });
    const part = (body: string, range: string) => ({ body, headers: { 'content-range': range } });
    const reply = await send(registry, 'PATCH', first.header('location'), part('ghi', '6-8'));
    expect([reply.status, reply.header('range')]).toEqual([416, '0-3']);
    const next = await send(registry, 'PATCH', reply.header('location'), part('efghi', '4-8'));
    expect(next.header('range')).toBe('0-8');
    const closed = await send(registry, 'PUT', `${next.header('location')}&digest=${digestOf('abcdefghi')}`);
    expect(closed.status).toBe(201);
  });
});
