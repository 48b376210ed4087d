import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReleaseLine } from './release-line.ts';
import { createReleasesServer } from './server.ts';

let now = Date.parse('2026-11-26T12:00:00Z');
const server = createReleasesServer(() => now);
let url: string;

interface Releases {
  readonly source: string;
  readonly releases: readonly ReleaseLine[];
}

async function getReleases(): Promise<Releases> {
  return (await (await fetch(`${url}/releases`)).json()) as Releases;
}

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

test('is healthy', async () => {
  const response = await fetch(`${url}/healthz`);

  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/plain');
  expect(await response.text()).toBe('Healthy');
});

test('tells of every line what it is on this day', async () => {
  const response = await fetch(`${url}/releases?whatever`);

  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json');
  const { source, releases } = (await response.json()) as Releases;
  expect(source).toMatch(/^https:\/\/.*schedule\.json$/);
  expect(releases).toContainEqual({
    line: 24,
    codename: 'Krypton',
    start: '2025-05-06',
    lts: '2025-10-28',
    maintenance: '2026-10-20',
    end: '2028-04-30',
    status: 'maintenance',
    daysLeft: 521,
  });
  expect(releases).toHaveLength(9);
});

test('goes with the time', async () => {
  const daysLeftOf26 = async () => (await getReleases()).releases.at(-1)?.daysLeft ?? 0;
  const today = await daysLeftOf26();
  now += 24 * 60 * 60 * 1000;

  expect(await daysLeftOf26()).toBe(today - 1);
});

test('HEAD has the headers alone', async () => {
  const response = await fetch(`${url}/healthz`, { method: 'HEAD' });

  expect(response.headers.get('content-length')).toBe('7');
  expect(await response.text()).toBe('');
});

test.each([
  ['GET', '/', 404, 'There is no route GET /.'],
  ['GET', '/%zz', 404, 'There is no route GET /%zz.'],
  ['POST', '/releases', 405, 'POST is not allowed here.'],
])('%s %s is a %d', async (method, path, status, detail) => {
  const response = await fetch(url + path, { method });

  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toMatchObject({ status, detail });
});

test('what is no HTTP is a 400, and takes nothing down', async () => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.end('this is no HTTP\r\n\r\n');

  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});
