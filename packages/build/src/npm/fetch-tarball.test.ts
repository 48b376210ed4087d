import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Context, collectBytes, createContext } from '@catamaran/oci';
import { describe, expect, test } from 'vitest';
import { integrityOf, npmOptionsFor, packTarball, startRegistry } from '../../testing/npm-registry.ts';
import { closedUrl, startServer } from '../../testing/start-server.ts';
import { fetchIntegrity, type TarballSpec, withTarball } from './fetch-tarball.ts';
import type { NpmOptions } from './npm-options.ts';

const ctx = createContext();
const fetchTarball = (spec: TarballSpec, npmOptions: () => Promise<NpmOptions>, context: Context) =>
  withTarball(spec, npmOptions, context, collectBytes);
const noRetries = ['fetch-retries=0'];
const tarball = await packTarball({ 'package.json': '{}', 'index.js': 'export {};' });
const tiny = { name: 'tiny', version: '1.0.0', integrity: integrityOf(tarball) };
const wrong = integrityOf(Buffer.from('something else'));

/** Where cacache keeps what has this integrity. */
function contentFile(cache: string, integrity: string): string {
  const hex = Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex');
  return join(cache, 'content-v2/sha512', hex.slice(0, 2), hex.slice(2, 4), hex.slice(4));
}

test('a tarball from a registry, the second time out of npm’s cache', async () => {
  await using registry = await startRegistry({ tiny: tarball });
  const options = npmOptionsFor(registry.url);
  expect(Buffer.from(await fetchTarball(tiny, options, ctx)).equals(tarball)).toBe(true);
  expect(registry.requests).toEqual(['tiny', 'tiny/-/tiny-1.0.0.tgz']);
  expect(Buffer.from(await fetchTarball(tiny, options, ctx)).equals(tarball)).toBe(true);
  expect(registry.requests).toHaveLength(2);
});

test('by the address that the lockfile has, the registry is not asked for it', async () => {
  await using registry = await startRegistry({ tiny: tarball });
  const resolved = `${registry.url}/tiny/-/tiny-1.0.0.tgz`;
  const options = npmOptionsFor(registry.url, ['allow-remote=none']);
  expect(await fetchTarball({ ...tiny, resolved }, options, ctx)).toEqual(Buffer.from(tarball));
  expect(registry.requests).toEqual(['tiny/-/tiny-1.0.0.tgz']);
});

test('what a person has forbidden npm stays forbidden', async () => {
  await using elsewhere = await startRegistry({ tiny: tarball });
  const spec = { ...tiny, resolved: `${elsewhere.url}/tiny/-/tiny-1.0.0.tgz` };
  const options = npmOptionsFor('http://127.0.0.1', [...noRetries, 'allow-remote=none']);
  await expect(fetchTarball(spec, options, ctx)).rejects.toThrow('(EALLOWREMOTE)');
  expect(elsewhere.requests).toEqual([]);
});

test.each([
  ['sha1 only', (bytes: Uint8Array) => integrityOf(bytes, 'sha1')],
  ['several algorithms', (bytes: Uint8Array) => `${integrityOf(bytes, 'sha1')} ${integrityOf(bytes)}`],
  ['several digests of one', (bytes: Uint8Array) => `${integrityOf(bytes)} ${wrong}`],
])('an integrity of %s, with and without an address', async (_, integrity) => {
  await using registry = await startRegistry({ tiny: tarball });
  const whole = { ...tiny, integrity: integrity(tarball) };
  for (const spec of [whole, { ...whole, resolved: `${registry.url}/tiny/-/tiny-1.0.0.tgz` }]) {
    registry.requests.length = 0;
    const options = npmOptionsFor(registry.url, noRetries);
    for (const _time of [1, 2]) {
      expect(await fetchTarball(spec, options, ctx)).toEqual(Buffer.from(tarball));
    }
    expect(registry.requests.filter((path) => path.endsWith('.tgz'))).toHaveLength(1);
    const other = { ...spec, integrity: integrity(Buffer.from('something else')).replace(` ${wrong}`, '') };
    await expect(fetchTarball(other, npmOptionsFor(registry.url, noRetries), ctx)).rejects.toMatchObject({
      code: 'CATA_PACKAGE_INTEGRITY',
    });
  }
});

test('what is damaged in npm’s cache is fetched again, and put right there', async () => {
  await using registry = await startRegistry({ tiny: tarball });
  const options = npmOptionsFor(registry.url);
  await fetchTarball(tiny, options, ctx);
  const content = contentFile(String((await options()).cache), tiny.integrity);
  writeFileSync(content, 'damaged');
  let calls = 0;
  const bytes = await withTarball(tiny, options, ctx, (parts) => {
    calls++;
    return collectBytes(parts);
  });
  expect([calls, registry.requests.length]).toEqual([2, 4]);
  expect(bytes).toEqual(Buffer.from(tarball));
  expect(readFileSync(content)).toEqual(Buffer.from(tarball));
});

describe('a large tarball', () => {
  const sizeBytes = 24 << 20;
  const large = randomBytes(sizeBytes);
  const spec = { name: 'large', version: '1.0.0', integrity: integrityOf(large) };

  test('comes in small parts, from the registry and from npm’s cache', async () => {
    await using registry = await startRegistry({ large });
    const options = npmOptionsFor(registry.url);
    for (const _source of ['registry', 'cache']) {
      let largest = 0;
      const read = await withTarball(spec, options, ctx, async (parts) => {
        let total = 0;
        for await (const part of parts) {
          largest = Math.max(largest, part.length);
          total += part.length;
        }
        return total;
      });
      expect(read).toBe(sizeBytes);
      expect(largest).toBeLessThanOrEqual(1 << 20);
    }
    expect(registry.requests).toHaveLength(2);
  });

  test('that breaks off is an error for who reads it, and for who waits for the result', async () => {
    await using registry = await startRegistry({ large });
    registry.replaced.set('large', large.subarray(0, sizeBytes - 1));
    const read = withTarball(spec, npmOptionsFor(registry.url, noRetries), ctx, (parts) =>
      collectBytes(parts),
    );
    await expect(read).rejects.toMatchObject({ code: 'CATA_PACKAGE_INTEGRITY' });
  });
});

test('whoever stops reading early gets a result only when the rest is right as well', async () => {
  const first = async (parts: AsyncIterable<Uint8Array>) => {
    for await (const part of parts) return part.length;
    return 0;
  };
  await using registry = await startRegistry({ tiny: tarball });
  const options = npmOptionsFor(registry.url, noRetries);
  for (const _source of ['registry', 'cache']) {
    expect(await withTarball(tiny, options, ctx, first)).toBe(tarball.length);
  }
  const other = { ...tiny, integrity: wrong, resolved: `${registry.url}/tiny/-/tiny-1.0.0.tgz` };
  await expect(withTarball(other, options, ctx, first)).rejects.toMatchObject({
    code: 'CATA_PACKAGE_INTEGRITY',
  });
  await expect(withTarball(tiny, options, ctx, async () => 'nothing read')).resolves.toBe('nothing read');
});

test('a failure of who reads is theirs, told as it is and not tried again', async () => {
  await using registry = await startRegistry({ tiny: tarball });
  const options = npmOptionsFor(registry.url, noRetries);
  let calls = 0;
  // As pacote would take for a cache that has nothing.
  const failure = Object.assign(new Error('no such folder'), { code: 'ENOENT' });
  const fail = () => {
    calls++;
    return Promise.reject(failure);
  };
  for (const _source of ['registry', 'cache']) {
    await expect(withTarball(tiny, options, ctx, fail)).rejects.toBe(failure);
  }
  expect(calls).toBe(2);
  const other = { ...tiny, integrity: wrong, resolved: `${registry.url}/tiny/-/tiny-1.0.0.tgz` };
  // A tarball that is not the right one is why reading it failed.
  await expect(withTarball(other, options, ctx, fail)).rejects.toMatchObject({
    code: 'CATA_PACKAGE_INTEGRITY',
  });
});

test('a registry that wants nothing to be kept is asked no more than needed', async () => {
  await using registry = await startRegistry({ tiny: tarball }, { 'cache-control': 'no-store' });
  const options = npmOptionsFor(registry.url, noRetries);
  for (const _time of [1, 2]) expect(await fetchTarball(tiny, options, ctx)).toEqual(Buffer.from(tarball));
  expect(registry.requests).toEqual(['tiny', 'tiny/-/tiny-1.0.0.tgz', 'tiny/-/tiny-1.0.0.tgz']);
  const other = { ...tiny, integrity: wrong, resolved: `${registry.url}/tiny/-/tiny-1.0.0.tgz` };
  await expect(fetchTarball(other, options, ctx)).rejects.toMatchObject({ code: 'CATA_PACKAGE_INTEGRITY' });
});

test('other bytes than the lockfile was made for are refused', async () => {
  await using registry = await startRegistry({ tiny: tarball });
  registry.replaced.set('tiny', await packTarball({ 'index.js': 'evil();' }));
  const resolved = `${registry.url}/tiny/-/tiny-1.0.0.tgz`;
  for (const spec of [tiny, { ...tiny, resolved }]) {
    await expect(fetchTarball(spec, npmOptionsFor(registry.url, noRetries), ctx)).rejects.toMatchObject({
      code: 'CATA_PACKAGE_INTEGRITY',
      message: expect.stringContaining(tiny.integrity),
    });
  }
});

test('so is a registry that has changed its mind about the integrity', async () => {
  await using registry = await startRegistry({ tiny: tarball });
  const spec = { ...tiny, integrity: wrong };
  await expect(fetchTarball(spec, npmOptionsFor(registry.url, noRetries), ctx)).rejects.toMatchObject({
    code: 'CATA_PACKAGE_INTEGRITY',
    message: expect.stringMatching(
      /^The tarball of tiny@1\.0\.0 has integrity sha512-.*, but the lockfile says sha512-/,
    ),
  });
});

test('a package that the registry does not have', async () => {
  await using registry = await startRegistry({});
  await expect(fetchTarball(tiny, npmOptionsFor(registry.url), ctx)).rejects.toMatchObject({
    code: 'CATA_PACKAGE_UNKNOWN',
    fault: 'user',
    message: 'The registry has no tiny@1.0.0.',
  });
});

test('a registry that does not answer is given up after seconds, not minutes', async () => {
  const url = await closedUrl();
  const options = npmOptionsFor(url);
  const { retry } = (await options()) as { retry: { retries: number; factor: number; minTimeout: number } };
  expect(retry.retries).toBe(2);
  expect(retry.minTimeout * (1 + retry.factor)).toBeLessThan(5000);
  await expect(fetchTarball(tiny, options, ctx)).rejects.toMatchObject({
    code: 'CATA_PACKAGE_UNAVAILABLE',
    message: expect.stringContaining('(ECONNREFUSED)'),
  });
});

test('what a person has set about retries stays', async () => {
  const slow = await npmOptionsFor('http://127.0.0.1', ['fetch-retry-mintimeout=20000'])();
  expect(slow.retry).toMatchObject({ retries: 2, factor: 10, minTimeout: 20_000, maxTimeout: 60_000 });
  const once = await npmOptionsFor('http://127.0.0.1', ['fetch-retries=0'])();
  expect(once.retry).toMatchObject({ retries: 0 });
});

test('a registry’s token is used, and never told', async () => {
  const seen: (string | undefined)[] = [];
  await using server = await startServer((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(403).end('{}');
  });
  const token = `//${server.url.slice('http://'.length)}/:_authToken=s3cret`;
  const refused = fetchTarball(tiny, npmOptionsFor(server.url, [token]), ctx);
  const error = await refused.catch((thrown: Error) => thrown);
  expect(seen).toContain('Bearer s3cret');
  expect(error).toMatchObject({ code: 'CATA_PACKAGE_UNAVAILABLE' });
  expect(JSON.stringify([(error as Error).message, error])).not.toContain('s3cret');
});

test('by way of a proxy, when npm is told of one', async () => {
  const asked: string[] = [];
  await using proxy = await startServer((request, response) => {
    asked.push(request.url ?? '');
    const dist = { integrity: tiny.integrity, tarball: 'http://registry.test/tiny/-/tiny-1.0.0.tgz' };
    const versions = { '1.0.0': { name: 'tiny', version: '1.0.0', dist } };
    if (request.url?.endsWith('.tgz')) response.end(tarball);
    else response.end(JSON.stringify({ name: 'tiny', 'dist-tags': { latest: '1.0.0' }, versions }));
  });
  const options = npmOptionsFor('http://registry.test', [...noRetries, `proxy=${proxy.url}`]);
  expect(await fetchTarball(tiny, options, ctx)).toEqual(Buffer.from(tarball));
  expect(asked).toEqual(['http://registry.test/tiny', 'http://registry.test/tiny/-/tiny-1.0.0.tgz']);
});

test('the integrity that the registry states', async () => {
  await using registry = await startRegistry({ tiny: tarball });
  const options = npmOptionsFor(registry.url, noRetries);
  expect(await fetchIntegrity('tiny', '1.0.0', options, ctx)).toBe(tiny.integrity);
  await expect(fetchIntegrity('tiny', '2.0.0', options, ctx)).rejects.toMatchObject({
    code: 'CATA_PACKAGE_UNKNOWN',
    message: expect.stringContaining('tiny@2.0.0'),
  });
  await using silent = await startServer((_request, response) => {
    const versions = {
      '1.0.0': { name: 'tiny', version: '1.0.0', dist: { tarball: 'http://host.test/tiny.tgz' } },
    };
    response.end(JSON.stringify({ name: 'tiny', versions }));
  });
  await expect(
    fetchIntegrity('tiny', '1.0.0', npmOptionsFor(silent.url, noRetries), ctx),
  ).rejects.toMatchObject({ code: 'CATA_PACKAGE_NO_INTEGRITY' });
});

test('stops when it is aborted, with the reason for it', async () => {
  await using registry = await startRegistry({ tiny: tarball });
  const stopped = createContext({ signal: AbortSignal.abort(new Error('enough')) });
  await expect(fetchTarball(tiny, npmOptionsFor(registry.url), stopped)).rejects.toThrow('enough');
  expect(registry.requests).toEqual([]);

  const stop = new AbortController();
  await using silent = await startServer(() => stop.abort(new Error('no more patience')));
  const waiting = fetchTarball(
    tiny,
    npmOptionsFor(silent.url, noRetries),
    createContext({ signal: stop.signal }),
  );
  await expect(waiting).rejects.toThrow('no more patience');
});
