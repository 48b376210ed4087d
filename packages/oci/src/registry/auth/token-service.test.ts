import { describe, expect, it } from 'vitest';
import { createContext } from '../../context/context.ts';
import type { Event } from '../../context/event.ts';
import { parseReference } from '../../model/reference.ts';
import { makeCertificate } from '../../testing/certificate.ts';
import { listed } from '../../testing/listed.ts';
import { impatient, pulled } from '../../testing/pulled.ts';
import { answer, type Script, scriptedServer, writeWithoutEnd } from '../../testing/scripted-server.ts';
import { hasTools } from '../../testing/tools.ts';
import { registryStore } from '../registry-store.ts';

const password = 'ge"heim';
const credentials = { find: async () => ({ username: 'otto', password }) };

/** A registry that wants a token, and a token service beside it that does as it is told. */
async function withTokenService(serveToken: Script) {
  const service = await scriptedServer(serveToken);
  const registry = await scriptedServer((request, response) => {
    if (request.headers.authorization !== undefined) return answer(response, 200, { tags: ['1'] });
    const challenge = `Bearer realm="${service.origin}/token",service="s",scope="repository:shop:pull"`;
    return answer(response, 401, {}, { 'www-authenticate': challenge });
  });
  return { service, registry };
}

const withoutSecret = (text: string | undefined) => {
  expect(text).not.toContain(password);
  expect(text).not.toContain(JSON.stringify(password).slice(1, -1));
  expect(text).not.toContain(Buffer.from(`otto:${password}`).toString('base64'));
};

describe('a token service', () => {
  it.each<[string, Script, string, RegExp]>([
    [
      'answers with a page',
      (_, response) => answer(response, 200, '<html>'),
      'CATA_REGISTRY_FAILED',
      /200 without JSON/,
    ],
    [
      'answers with null',
      (_, response) => answer(response, 200, 'null'),
      'CATA_REGISTRY_CHALLENGE',
      /no token/,
    ],
    [
      'answers with no token',
      (_, response) => answer(response, 200, {}),
      'CATA_REGISTRY_CHALLENGE',
      /no token/,
    ],
    [
      'answers with an empty one',
      (_, response) => answer(response, 200, { token: '' }),
      'CATA_REGISTRY_CHALLENGE',
      /no token/,
    ],
    [
      'answers with a number',
      (_, response) => answer(response, 200, { token: 1 }),
      'CATA_REGISTRY_CHALLENGE',
      /no token/,
    ],
    [
      'answers with a token of two lines',
      (_, response) => answer(response, 200, { token: 'abc\r\nX-Injected: yes' }),
      'CATA_REGISTRY_CHALLENGE',
      /no token/,
    ],
    [
      'answers with one that is no ASCII',
      (_, response) => answer(response, 200, { token: 'ä' }),
      'CATA_REGISTRY_CHALLENGE',
      /no token/,
    ],
    [
      'answers with 10 MB',
      (_, response) => answer(response, 200, { token: 'x'.repeat(10_000_000) }),
      'CATA_REGISTRY_REFUSED',
      /200 with more than 1048576 bytes/,
    ],
    [
      'never ends to answer',
      (_, response) => {
        response.writeHead(200);
        return writeWithoutEnd(response);
      },
      'CATA_REGISTRY_REFUSED',
      /200 with more than 1048576 bytes/,
    ],
    [
      'knows nobody of that name',
      (_, response) => answer(response, 401, { errors: [{ message: 'no' }] }),
      'CATA_REGISTRY_UNAUTHORIZED',
      /401 no/,
    ],
    [
      'sends on',
      (_, response) => answer(response, 307, '', { location: '/elsewhere' }),
      'CATA_REGISTRY_REFUSED',
      /307/,
    ],
    [
      'repeats what it was told',
      (request, response) =>
        answer(response, 403, `${request.headers.authorization} ${password} ${JSON.stringify(password)}`),
      'CATA_REGISTRY_DENIED',
      /\*\*\*/,
    ],
    ['is overworked', (_, response) => answer(response, 503, ''), 'CATA_REGISTRY_FAILED', /503/],
    ['hangs up', (_, response) => response.socket?.destroy(), 'CATA_REGISTRY_UNREACHABLE', /reached/],
  ])('that %s opens nothing', async (_, serveToken, code, message) => {
    const { registry, service } = await withTokenService(serveToken);
    const { error, files } = await pulled(`${registry.address}/shop:1`, { credentials });
    expect(error?.code).toBe(code);
    expect(error?.message).toMatch(message);
    expect(error?.message).toContain(registry.address);
    withoutSecret(`${error?.message} ${error?.hint} ${JSON.stringify(error?.details)}`);
    expect(files).toEqual([]);
    expect(service.writtenBytes).toBeLessThan(40_000_000);
    expect(service.seen.length).toBeLessThanOrEqual(impatient.retries + 1);
  });

  it('that sends on to another host gets nobody to go there', async () => {
    const thief = await scriptedServer((_, response) => answer(response, 200, { token: 'x' }));
    const { registry } = await withTokenService((_, response) =>
      answer(response, 302, '', { location: `${thief.origin}/token` }),
    );
    await pulled(`${registry.address}/shop:1`, { credentials });
    expect(thief.seen).toEqual([]);
  });

  it.each([
    ['negative', -1],
    ['nothing', 0],
    ['a text', '300'],
    ['huge', 1e300],
    ['a list', [1]],
    ['missing', undefined],
  ])('may say that its token lives for what is %s: it is good for several requests', async (_, expiresIn) => {
    const { registry, service } = await withTokenService((_request, response) =>
      answer(response, 200, { token: 'abc', expires_in: expiresIn }),
    );
    await using store = registryStore({ credentials, retry: impatient });
    for (let count = 0; count < 3; count++) {
      const tags = await listed(store.tags(parseReference(`${registry.address}/shop`), createContext()));
      expect(tags).toEqual(['1']);
    }
    expect(service.seen).toHaveLength(1);
    expect(registry.seen.at(-1)?.headers.authorization).toBe('Bearer abc');
  });

  it('is asked for a new token when one has expired', async () => {
    let nowMs = 1_000_000;
    const ctx = createContext({ clock: { now: () => nowMs, monotonicNs: () => 0n } });
    const { registry, service } = await withTokenService((_, response) =>
      answer(response, 200, { access_token: `token-${service.seen.length}`, expires_in: 100 }),
    );
    await using store = registryStore({ credentials, retry: impatient });
    const ask = () => listed(store.tags(parseReference(`${registry.address}/shop`), ctx));
    await ask();
    nowMs += 89_000;
    await ask();
    expect(service.seen).toHaveLength(1);
    nowMs += 2000;
    await ask();
    expect(service.seen).toHaveLength(2);
    expect(registry.seen.at(-1)?.headers.authorization).toBe('Bearer token-2');
  });

  it('is asked again no sooner than it says', async () => {
    const { registry, service } = await withTokenService((_, response) =>
      service.seen.length === 1
        ? answer(response, 429, '', { 'retry-after': '0' })
        : answer(response, 200, { token: 'abc' }),
    );
    const waits: unknown[] = [];
    const emit = (event: Event) => void (event.type === 'registry.retried' && waits.push(event.waitMs));
    const ctx = createContext({ emit });
    const { error } = await pulled(`${registry.address}/nothing:1`, { credentials }, ctx);
    expect(error?.code).not.toBe('CATA_REGISTRY_BUSY');
    expect(waits).toEqual([0]);
    const tired = await withTokenService((_, response) => answer(response, 429, '', { 'retry-after': '60' }));
    expect((await pulled(`${tired.registry.address}/shop:1`, { credentials })).error?.code).toBe(
      'CATA_REGISTRY_BUSY',
    );
    expect(tired.service.seen).toHaveLength(1);
  });

  it('is asked once by many at a time, and one of them who leaves takes it from nobody', async () => {
    const { registry, service } = await withTokenService(async (_, response) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      answer(response, 200, { token: 'abc', expires_in: 100 });
    });
    await using store = registryStore({ credentials, retry: impatient });
    const reference = parseReference(`${registry.address}/shop`);
    const impatientOne = new AbortController();
    const asked = [createContext({ signal: impatientOne.signal }), createContext(), createContext()].map(
      (ctx) => listed(store.tags(reference, ctx)),
    );
    setTimeout(() => impatientOne.abort(new Error('I leave')), 50);
    const results = await Promise.allSettled(asked);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(results[0]).toHaveProperty('reason.message', 'I leave');
    expect(service.seen).toHaveLength(1);
  });

  it('whose tokens the registry never takes is not asked without end', async () => {
    const service = await scriptedServer((_, response) =>
      answer(response, 200, { token: `t${service.seen.length}` }),
    );
    const registry = await scriptedServer((_, response) =>
      answer(response, 401, {}, { 'www-authenticate': `Bearer realm="${service.origin}/"` }),
    );
    const { error } = await pulled(`${registry.address}/shop:1`, { credentials });
    expect(error?.code).toBe('CATA_REGISTRY_UNAUTHORIZED');
    expect(error?.hint).toContain('The credentials that were found are not accepted.');
    expect(service.seen.length).toBeLessThan(5);
  });

  it.each([
    ['none', 'Bearer service="x"', 'its realm is "", which is no address'],
    [
      'none that is an address',
      'Bearer realm="/token?secret=1"',
      'its realm is "/token?…", which is no address',
    ],
    ['a file', 'Bearer realm="file:///etc/passwd"', 'would have credentials sent without TLS'],
  ])('must have a realm, and not %s', async (_, challenge, reason) => {
    const registry = await scriptedServer((_request, response) =>
      answer(response, 401, {}, { 'www-authenticate': challenge }),
    );
    const { error } = await pulled(`${registry.address}/shop:1`, { credentials });
    expect(error).toMatchObject({ code: 'CATA_REGISTRY_CHALLENGE', fault: 'remote' });
    expect(error?.message).toContain(reason);
  });

  it.skipIf(!hasTools('openssl'))('without TLS gets no credentials from a registry that has it', async () => {
    const service = await scriptedServer((_, response) => answer(response, 200, { token: 'x' }));
    const certificate = makeCertificate('127.0.0.1');
    const challenge = { 'www-authenticate': `Bearer realm="${service.origin}/token"` };
    const registry = await scriptedServer((_, response) => answer(response, 401, {}, challenge), certificate);
    const { error } = await pulled(`${registry.address}/shop:1`, { credentials, ca: [certificate.cert] });
    expect(error).toMatchObject({ code: 'CATA_REGISTRY_CHALLENGE', fault: 'remote' });
    expect(error?.message).toContain('would have credentials sent without TLS');
    expect(service.seen).toEqual([]);
  });

  it.each([
    ['of a registry on loopback', () => ({}), 'would have credentials sent without TLS.'],
    [
      'of a registry that may do without TLS',
      (address: string) => ({ plainHttp: [address] }),
      'is not allowed to: --plain-http 192.0.2.1:5001.',
    ],
  ])('without TLS and elsewhere gets no credentials %s', async (_, options, reason) => {
    const challenge = { 'www-authenticate': 'Bearer realm="http://192.0.2.1:5001/token"' };
    const registry = await scriptedServer((_request, response) => answer(response, 401, {}, challenge));
    const asked: string[] = [];
    const find = async (name: string) => {
      asked.push(name);
      return undefined;
    };
    const { error } = await pulled(`${registry.address}/shop:1`, {
      credentials: { find },
      ...options(registry.address),
    });
    expect(error).toMatchObject({ code: 'CATA_REGISTRY_CHALLENGE', fault: 'remote' });
    expect(error?.message).toContain(reason);
    expect(asked).toEqual([]);
  });

  it('is not found in a header of a megabyte', async () => {
    const registry = await scriptedServer((_, response) =>
      answer(response, 401, {}, { 'www-authenticate': `Bearer realm="${'x'.repeat(1024 * 1024)}"` }),
    );
    const { error } = await pulled(`${registry.address}/shop:1`, { credentials });
    expect(error).toMatchObject({ code: 'CATA_REGISTRY_UNREACHABLE', fault: 'remote' });
    expect(error?.message.length).toBeLessThan(400);
  });
});
