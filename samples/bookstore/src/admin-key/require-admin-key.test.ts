import { describe, expect, test } from 'vitest';
import { memory } from '../test/databases.ts';
import { admin, openApp } from '../test/open-app.ts';
import { openService } from '../test/open-service.ts';

const writes = [
  { method: 'POST', url: '/api/categories' },
  { method: 'PUT', url: '/api/categories/1' },
  { method: 'DELETE', url: '/api/categories/1' },
  { method: 'POST', url: '/api/books' },
  { method: 'PUT', url: '/api/books/1' },
  { method: 'DELETE', url: '/api/books/1' },
  { method: 'POST', url: '/api/inventories' },
  { method: 'PUT', url: '/api/inventories/1' },
  { method: 'DELETE', url: '/api/inventories/1' },
  { method: 'PUT', url: '/api/orders/1' },
  { method: 'DELETE', url: '/api/orders/1' },
] as const;

test.each(writes)('$method $url needs the key', async (write) => {
  const { app } = await openApp();

  for (const headers of [{}, { 'x-api-key': '' }, { 'x-api-key': 'not-the-key-of-the-admin' }]) {
    const response = await app.inject({ ...write, headers });

    expect(response.statusCode).toBe(401);
    expect(response.headers['content-type']).toMatch('application/problem+json');
    expect(response.headers['www-authenticate']).toMatch('ApiKey');
    expect(response.json()).toEqual({
      type: 'about:blank',
      title: 'Unauthorized',
      status: 401,
      detail: 'Writing needs the admin API key in the header x-api-key.',
    });
  }
});

test('the key is asked for before the body is looked at', async () => {
  const { app } = await openApp();
  const request = { ...writes[0], payload: '{', headers: { 'content-type': 'application/json' } };

  expect((await app.inject(request)).statusCode).toBe(401);
  expect((await app.inject({ ...request, headers: { ...request.headers, ...admin } })).statusCode).toBe(400);
});

test('too many keys at once are answered with 503 and when to come back', async () => {
  const { app } = await openApp();

  const responses = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      app.inject({ ...writes[0], headers: { 'x-api-key': `wrong ${index}` } }),
    ),
  );

  const busy = responses.filter((response) => response.statusCode === 503);
  expect(busy.length).toBeGreaterThan(0);
  expect(busy[0]?.headers['retry-after']).toBe('1');
  expect(busy[0]?.json()).toMatchObject({ status: 503, title: 'Service Unavailable' });
});

test('everyone may order', async () => {
  const { app } = await openApp();
  const customer = { customerName: 'Ada', address: 'Square 12', telephone: '555 0100', city: 'London' };

  const response = await app.inject({
    method: 'POST',
    url: '/api/orders',
    payload: { ...customer, books: [1] },
  });

  expect(response.statusCode).toBe(201);
});

describe('where no key is set', () => {
  const service = openService(memory, { ADMIN_API_KEY: '' });
  const book = { categoryId: 1, name: 'Kim', author: 'Rudyard Kipling', description: '', value: 5 };
  const withDate = { ...book, publishDate: '1901-01-01' };
  const steps = [
    ['POST', '/api/categories', { name: 'Poetry' }, 201],
    ['PUT', '/api/categories/7', { name: 'Poems' }, 200],
    ['DELETE', '/api/categories/7', undefined, 204],
    ['POST', '/api/books', withDate, 201],
    ['PUT', '/api/books/31', { ...withDate, value: 6 }, 200],
    ['POST', '/api/inventories', { bookId: 31, amount: 3 }, 201],
    ['PUT', '/api/inventories/31', { amount: 4 }, 200],
    ['DELETE', '/api/inventories/31', undefined, 204],
    ['DELETE', '/api/books/31', undefined, 204],
    ['PUT', '/api/orders/1', { status: 'SHIPPED' }, 200],
    ['DELETE', '/api/orders/2', undefined, 200],
  ] as const;

  test.each(steps)('everybody may %s %s', async (method, path, body, status) => {
    expect((await service.ask(method, path, body, {})).status).toBe(status);
  });

  test('a key that is sent all the same is not looked at', async () => {
    const headers = { 'x-api-key': 'whatever' };
    expect((await service.ask('POST', '/api/categories', { name: 'Plays' }, headers)).status).toBe(201);
  });

  test('what is sent is validated as ever', async () => {
    expect(await service.ask('POST', '/api/categories', { name: 'P' }, {})).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'name' }] },
    });
  });
});
