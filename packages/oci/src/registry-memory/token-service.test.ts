import { describe, expect, it } from 'vitest';
import type { MemoryRegistry } from './memory-registry.ts';
import type { AuthOptions } from './options.ts';
import { send } from './testing/send.ts';
import { startedRegistry } from './testing/started-registry.ts';

const user = { username: 'sailor', password: 'secret' };
const right = { authorization: `Basic ${Buffer.from('sailor:secret').toString('base64')}` };
const scope = 'repository:shop:pull,push';

function tokenRegistry(auth: Partial<AuthOptions> = {}): Promise<MemoryRegistry> {
  return startedRegistry({ auth: { kind: 'bearer', ...user, ...auth }, clock: { now: () => 1000 } });
}

function post(registry: MemoryRegistry, form: Readonly<Record<string, string>>) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return send(registry, 'POST', '/token', { body: new URLSearchParams(form).toString(), headers });
}

async function pushes(registry: MemoryRegistry, token: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` };
  return (await send(registry, 'POST', '/v2/shop/blobs/uploads/', { headers })).status === 202;
}

describe('the token service', () => {
  it('gives a token for a password, and says how long it lasts', async () => {
    const registry = await tokenRegistry({ tokenLifetimeSeconds: 90 });
    const reply = await send(registry, 'GET', `/token?scope=${scope}`, { headers: right });
    const answer = JSON.parse(reply.text);
    expect(answer).toEqual({
      token: expect.any(String),
      access_token: answer.token,
      expires_in: 90,
      issued_at: '1970-01-01T00:00:01.000Z',
    });
    expect(await pushes(registry, answer.token)).toBe(true);
  });

  it('gives a refresh token to those who ask for it, and takes it later', async () => {
    const registry = await tokenRegistry();
    const asked = await send(registry, 'GET', `/token?offline_token=true&scope=${scope}`, { headers: right });
    const password = { grant_type: 'password', ...user, access_type: 'offline', scope };
    const posted = await post(registry, password);
    for (const reply of [asked, posted]) {
      const { refresh_token } = JSON.parse(reply.text);
      const refreshed = await post(registry, { grant_type: 'refresh_token', refresh_token, scope });
      expect(refreshed.status).toBe(200);
      expect(await pushes(registry, JSON.parse(refreshed.text).access_token)).toBe(true);
      expect(await pushes(registry, refresh_token)).toBe(false);
    }
  });

  it('takes scopes one by one as well as together', async () => {
    const registry = await tokenRegistry();
    const path = `/token?scope=repository:other:pull&scope=${scope}&scope=registry:catalog:*`;
    const { token } = JSON.parse((await send(registry, 'GET', path, { headers: right })).text);
    expect(await pushes(registry, token)).toBe(true);
  });

  it('refuses wrong credentials, even where everybody may pull', async () => {
    const registry = await tokenRegistry({ anonymousPull: true });
    const headers = { authorization: `Basic ${Buffer.from('sailor:other').toString('base64')}` };
    const replies = [
      await send(registry, 'GET', `/token?scope=${scope}`, { headers }),
      await post(registry, { grant_type: 'password', ...user, password: 'other', scope }),
      await post(registry, { grant_type: 'refresh_token', refresh_token: 'made-up', scope }),
    ];
    expect(replies.map(({ status, code }) => [status, code])).toEqual(
      replies.map(() => [401, 'UNAUTHORIZED']),
    );
  });

  it('refuses nobody unless everybody may pull, and other requests', async () => {
    const registry = await tokenRegistry();
    expect((await send(registry, 'GET', `/token?scope=${scope}`)).status).toBe(401);
    expect((await post(registry, { grant_type: 'other' })).status).toBe(400);
    expect((await send(registry, 'PUT', '/token')).status).toBe(405);
  });
});
