import { expect, test } from 'vitest';
import { admin, openApp } from '../test/open-app.ts';

test.each(['GET', 'POST', 'PATCH'] as const)('an unknown route is a 404: %s', async (method) => {
  const { app } = await openApp();

  const response = await app.inject({ method, url: '/nowhere?x=1' });

  expect(response.statusCode).toBe(404);
  expect(response.headers['content-type']).toMatch('application/problem+json');
  expect(response.json()).toEqual({
    type: 'about:blank',
    title: 'Not Found',
    status: 404,
    detail: `There is no route ${method} /nowhere?x=1.`,
  });
});

test.each([
  '0',
  '-1',
  '1.5',
  '0x1',
  '1e3',
  'true',
  'one',
  '9007199254740992',
  '9223372036854775808',
  '9'.repeat(300),
])('the id "%s" is a 400', async (id) => {
  const { app } = await openApp();

  for (const collection of ['books', 'categories', 'orders']) {
    const response = await app.inject(`/api/${collection}/${id}`);

    expect(response.statusCode).toBe(400);
    expect(response.json()).toEqual({
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
      detail: expect.stringMatching(/^The request is not valid: id must be /),
      errors: [
        {
          in: 'path',
          field: 'id',
          detail: expect.stringMatching(/^must be (integer|>= 1|<= 9007199254740991)$/),
        },
      ],
    });
  }
});

test.each([
  ['malformed JSON', '{"name": ', 'application/json', 400],
  ['an empty body', '', 'application/json', 400],
  ['a forbidden key', '{"__proto__": {}}', 'application/json', 400],
  ['a key given twice', '{"name": "Poetry", "name": "Plays"}', 'application/json', 400],
  ['another forbidden key', '{"constructor": {"prototype": {}}}', 'application/json', 400],
  ['text', 'name', 'text/plain', 415],
  ['another media type', '<category/>', 'application/xml', 415],
  ['more than a mebibyte', `"${'x'.repeat(1024 * 1024)}"`, 'application/json', 413],
])('%s is refused', async (_, payload, contentType, status) => {
  const { app } = await openApp();

  const response = await app.inject({
    method: 'POST',
    url: '/api/categories',
    headers: { ...admin, 'content-type': contentType },
    payload,
  });

  expect(response.statusCode).toBe(status);
  expect(response.headers['content-type']).toMatch('application/problem+json');
  expect(response.json()).toMatchObject({ type: 'about:blank', status, detail: expect.any(String) });
});

test('an address that cannot be decoded is a 400', async () => {
  const { app } = await openApp();

  const response = await app.inject('/%zz');

  expect(response.statusCode).toBe(400);
  expect(response.headers['content-type']).toMatch('application/problem+json');
});

test('a failure inside is a 500 that tells nothing about it', async () => {
  const { app, database } = await openApp();
  await database.destroy();

  const response = await app.inject('/api/books');

  expect(response.statusCode).toBe(500);
  expect(response.headers['content-type']).toMatch('application/problem+json');
  expect(response.json()).toEqual({
    type: 'about:blank',
    title: 'Internal Server Error',
    status: 500,
    detail: 'The service failed to answer this request.',
  });
});
