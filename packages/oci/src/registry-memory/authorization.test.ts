import { describe, expect, it } from 'vitest';
import { digestOf } from '../model/digest.ts';
import type { MemoryRegistry } from './memory-registry.ts';
import type { AuthOptions } from './options.ts';
import { send } from './testing/send.ts';
import { startedRegistry } from './testing/started-registry.ts';

const user = { username: 'sailor', password: 'a:pass wörd' };
const right = `Basic ${Buffer.from(`${user.username}:${user.password}`).toString('base64')}`;
const wrong = `Basic ${Buffer.from('sailor:other').toString('base64')}`;

function protectedRegistry(auth: Partial<AuthOptions>, clock = { now: () => 0 }): Promise<MemoryRegistry> {
  return startedRegistry({ auth: { kind: 'bearer', ...user, ...auth }, clock });
}

function ask(registry: MemoryRegistry, method: string, path: string, authorization?: string) {
  return send(registry, method, path, { headers: authorization === undefined ? {} : { authorization } });
}

async function tokenFor(registry: MemoryRegistry, scope: string, authorization?: string): Promise<string> {
  const query = new URLSearchParams({ service: registry.address, scope });
  const reply = await ask(registry, 'GET', `/token?${query}`, authorization);
  return `Bearer ${JSON.parse(reply.text).token}`;
}

describe('basic authorization', () => {
  it('lets nobody in but the user', async () => {
    const registry = await protectedRegistry({ kind: 'basic' });
    for (const header of [undefined, wrong, 'Basic !', 'Bearer x']) {
      const reply = await ask(registry, 'GET', '/v2/', header);
      expect([reply.status, reply.code]).toEqual([401, 'UNAUTHORIZED']);
      expect(reply.header('www-authenticate')).toBe(`Basic realm="${registry.address}"`);
    }
    expect((await ask(registry, 'GET', '/v2/', right)).status).toBe(200);
    expect((await ask(registry, 'POST', '/v2/shop/blobs/uploads/', right)).status).toBe(202);
    expect((await ask(registry, 'GET', '/token', right)).status).toBe(404);
  });

  it('may let everybody pull', async () => {
    const registry = await protectedRegistry({ kind: 'basic', anonymousPull: true });
    expect((await ask(registry, 'GET', '/v2/shop/manifests/1')).status).toBe(404);
    expect((await ask(registry, 'GET', '/v2/shop/manifests/1', wrong)).status).toBe(401);
    expect((await ask(registry, 'GET', '/v2/')).status).toBe(401);
    expect((await ask(registry, 'POST', '/v2/shop/blobs/uploads/')).status).toBe(401);
    expect((await ask(registry, 'DELETE', '/v2/shop/manifests/1')).status).toBe(401);
  });
});

describe('bearer authorization', () => {
  it.each([
    ['GET', '/v2/shop/tags/list', 'repository:shop:pull'],
    ['POST', '/v2/team/shop/blobs/uploads/', 'repository:team/shop:pull,push'],
    ['DELETE', '/v2/shop/manifests/1', 'repository:shop:delete'],
    ['POST', '/v2/a/blobs/uploads/?mount=x&from=b', 'repository:a:pull,push repository:b:pull'],
  ])('says what %s %s needs', async (method, path, scope) => {
    const registry = await protectedRegistry({});
    const reply = await ask(registry, method, path);
    expect([reply.status, reply.header('www-authenticate')]).toEqual([
      401,
      `Bearer realm="${registry.origin}/token",service="${registry.address}",scope="${scope}"`,
    ]);
  });

  it('is for the repositories and actions of the token', async () => {
    const registry = await protectedRegistry({});
    const token = await tokenFor(registry, 'repository:shop:pull,push', right);
    expect((await ask(registry, 'GET', '/v2/', token)).status).toBe(200);
    expect((await ask(registry, 'POST', '/v2/shop/blobs/uploads/', token)).status).toBe(202);
    const elsewhere = await ask(registry, 'GET', '/v2/other/manifests/1', token);
    expect([elsewhere.status, elsewhere.code]).toEqual([401, 'UNAUTHORIZED']);
    expect(elsewhere.header('www-authenticate')).toContain('error="insufficient_scope"');
    expect((await ask(registry, 'DELETE', '/v2/shop/manifests/1', token)).status).toBe(401);
    const all = await tokenFor(registry, 'repository:shop:*', right);
    expect((await ask(registry, 'DELETE', '/v2/shop/manifests/1', all)).status).toBe(404);
  });

  it('needs to see where a blob is mounted from', async () => {
    const registry = await protectedRegistry({});
    const path = `/v2/a/blobs/uploads/?mount=${digestOf('x')}&from=b`;
    const one = await tokenFor(registry, 'repository:a:pull,push', right);
    expect((await ask(registry, 'POST', path, one)).status).toBe(401);
    const both = await tokenFor(registry, 'repository:a:pull,push repository:b:pull', right);
    expect((await ask(registry, 'POST', path, both)).status).toBe(202);
  });

  it('ends with the life of the token', async () => {
    let nowMs = 0;
    const registry = await protectedRegistry({ tokenLifetimeSeconds: 60 }, { now: () => nowMs });
    const token = await tokenFor(registry, 'repository:shop:pull', right);
    nowMs = 59_999;
    expect((await ask(registry, 'GET', '/v2/', token)).status).toBe(200);
    nowMs = 60_000;
    const reply = await ask(registry, 'GET', '/v2/', token);
    expect(reply.header('www-authenticate')).toContain('error="invalid_token"');
    expect((await ask(registry, 'GET', '/v2/', 'Bearer made-up')).status).toBe(401);
    expect((await ask(registry, 'GET', '/v2/', right)).status).toBe(401);
  });

  it('may let everybody pull, with a token for that', async () => {
    const registry = await protectedRegistry({ anonymousPull: true });
    expect((await ask(registry, 'GET', '/v2/shop/manifests/1')).status).toBe(401);
    const token = await tokenFor(registry, 'repository:shop:pull,push');
    expect((await ask(registry, 'GET', '/v2/shop/manifests/1', token)).status).toBe(404);
    expect((await ask(registry, 'POST', '/v2/shop/blobs/uploads/', token)).status).toBe(401);
  });
});
