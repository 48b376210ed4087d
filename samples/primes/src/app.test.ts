import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { type AppOptions, buildApp } from './app.ts';

const options: AppOptions = { logLevel: 'silent', workers: 2, maxWaiting: 10 };
const app = buildApp(options);
afterAll(() => app.close());

test.each([
  ['/prime', '664579'],
  ['/prime?n=0', '0'],
  ['/prime?n=2', '1'],
  ['/prime?n=1000&segment=1000', '168'],
  ['/prime?segment=10000000', '664579'],
  ['/prime/fast', '664579'],
  ['/prime/fast?n=1000', '168'],
  ['/prime/fast?n=50000000', '3001134'],
])('GET %s', async (url, answer) => {
  const response = await app.inject(url);

  expect(response.statusCode).toBe(200);
  expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(response.body).toBe(answer);
});

test.each([
  ['/prime?n=', 'n', 'n must be a whole number from 0 to 50000000, but is "".'],
  ['/prime?n=50000001', 'n', 'n must be a whole number from 0 to 50000000, but is "50000001".'],
  ['/prime?n=1&n=2', 'n', 'n must be a whole number from 0 to 50000000, but is ["1","2"].'],
  ['/prime?segment=1', 'segment', 'segment must be a whole number from 1000 to 10000000, but is "1".'],
  ['/prime/fast?segment=10000', 'segment', 'There is no parameter "segment"; there is n.'],
])('GET %s is a 400 that names the field', async (url, field, detail) => {
  const response = await app.inject(url);

  expect(response.statusCode).toBe(400);
  expect(response.headers['content-type']).toMatch('application/problem+json');
  expect(response.json()).toEqual({
    type: 'about:blank',
    title: 'Bad Request',
    status: 400,
    detail,
    errors: [{ in: 'query', field, detail }],
  });
});

test('says that the service is up, and on which architecture', async () => {
  const response = await app.inject('/healthz');

  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual({ status: 'ok', arch: process.arch === 'x64' ? 'amd64' : process.arch });
});

test('an unknown route is a 404', async () => {
  const response = await app.inject({ method: 'POST', url: '/prime' });

  expect(response.statusCode).toBe(404);
  expect(response.headers['content-type']).toMatch('application/problem+json');
  expect(response.json()).toMatchObject({ title: 'Not Found', detail: 'There is no route POST /prime.' });
});

test('an address that cannot be decoded is a 400', async () => {
  const response = await app.inject('/%zz');

  expect(response.statusCode).toBe(400);
  expect(response.headers['content-type']).toMatch('application/problem+json');
});

/** Listens, with workers that answer how many jobs they were given before, after so long; n = 13 kills them. */
async function listen(differences: Partial<AppOptions>, delayMs: number): Promise<string> {
  const workerModule = new URL(
    `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    let before = 0;
    parentPort.on('message', ({ n }) => {
      if (n === 13) process.exit(1);
      setTimeout(() => parentPort.postMessage({ result: before++ }), ${delayMs});
    });
  `)}`,
  );
  const slow = buildApp({ ...options, ...differences, workerModule });
  onTestFinished(() => slow.close());
  await slow.listen({ host: '127.0.0.1', port: 0 });
  return `http://127.0.0.1:${(slow.server.address() as AddressInfo).port}`;
}

test('when as many wait as may, the next is told when to come again', async () => {
  const url = await listen({ workers: 1, maxWaiting: 1 }, 500);
  const responses = await Promise.all([1, 2, 3].map(() => fetch(`${url}/prime`)));

  expect(responses.map(({ status }) => status).sort()).toEqual([200, 200, 503]);
  const refused = responses.find(({ status }) => status === 503);
  expect(refused?.headers.get('retry-after')).toBe('1');
  expect(refused?.headers.get('content-type')).toMatch('application/problem+json');
  expect(await refused?.json()).toMatchObject({ title: 'Service Unavailable', status: 503 });
});

test('what nobody waits for any more is not computed', async () => {
  const url = await listen({ workers: 1 }, 1000);
  const first = fetch(`${url}/prime`);
  const gone = request(`${url}/prime`).on('error', () => {});
  gone.end();
  // What comes after a request has been sent shows that the service has that one, too.
  await once(gone, 'finish');
  await (await fetch(`${url}/healthz`)).arrayBuffer();
  gone.destroy();

  expect(await (await first).text()).toBe('0');
  expect(await (await fetch(`${url}/prime`)).text()).toBe('1');
});

test('a worker that dies costs its own request, and no other', async () => {
  const url = await listen({ workers: 1 }, 0);
  const died = await fetch(`${url}/prime?n=13`);

  expect(died.status).toBe(500);
  expect(await died.json()).toMatchObject({ detail: 'The service failed to answer this request.' });
  expect((await fetch(`${url}/prime`)).status).toBe(200);
});
