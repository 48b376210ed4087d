import { expect, test } from 'vitest';
import { buildApp } from './app.ts';

const app = buildApp({ logLevel: 'silent' });

test.each([
  ['/prime', { n: 10_000_000, primes: 664_579 }],
  ['/prime?n=0', { n: 0, primes: 0 }],
  ['/prime?n=2', { n: 2, primes: 1 }],
  ['/prime?n=1000', { n: 1_000, primes: 168 }],
  ['/prime?n=50000000', { n: 50_000_000, primes: 3_001_134 }],
])('GET %s', async (url, answer) => {
  const response = await app.inject(url);

  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual(answer);
});

test.each([
  ['n=', '""'],
  ['n=-1', '"-1"'],
  ['n=1.5', '"1.5"'],
  ['n=ten', '"ten"'],
  ['n=50000001', '"50000001"'],
  ['n=1&n=2', '["1","2"]'],
])('GET /prime?%s is a 400', async (query, quoted) => {
  const response = await app.inject(`/prime?${query}`);

  expect(response.statusCode).toBe(400);
  expect(response.headers['content-type']).toMatch('application/problem+json');
  expect(response.json()).toEqual({
    type: 'about:blank',
    title: 'Bad Request',
    status: 400,
    detail: `n must be a whole number from 0 to 50000000, but is ${quoted}.`,
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
