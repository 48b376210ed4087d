import { createContext } from '@catamaran/oci';
import { expect, test } from 'vitest';
import { integrityOf, npmOptionsFor, packTarball, startRegistry } from '../../testing/npm-registry.ts';
import { closedUrl, startServer } from '../../testing/start-server.ts';
import { fetchIntegrity, fetchTarball } from './fetch-tarball.ts';

const ctx = createContext();
const noRetries = ['fetch-retries=0'];
const tarball = await packTarball({ 'package.json': '{}', 'index.js': 'export {};' });
const tiny = { name: 'tiny', version: '1.0.0', integrity: integrityOf(tarball) };
const wrong = integrityOf(Buffer.from('something else'));

test('a tarball from a registry, the second time out of npm’s cache', async () => {
  await using registry = await startRegistry({ tiny: tarball });
  const options = npmOptionsFor(registry.url);
  expect(Buffer.from(await fetchTarball(tiny, options, ctx)).equals(tarball)).toBe(true);
  expect(registry.requests).toEqual(['tiny', 'tiny/-/tiny-1.0.0.tgz']);
  expect(Buffer.from(await fetchTarball(tiny, options, ctx)).equals(tarball)).toBe(true);
  expect(registry.requests).toHaveLength(2);
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

test('the integrity that the registry states', async () => {
  await using registry = await startRegistry({ tiny: tarball });
  const options = npmOptionsFor(registry.url, noRetries);
  expect(await fetchIntegrity('tiny', '1.0.0', options, ctx)).toBe(tiny.integrity);
  await expect(fetchIntegrity('tiny', '2.0.0', options, ctx)).rejects.toMatchObject({
    code: 'CATA_PACKAGE_UNKNOWN',
    message: expect.stringContaining('tiny@2.0.0'),
  });
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
