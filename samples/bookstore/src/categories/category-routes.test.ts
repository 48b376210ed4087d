import { expect, test } from 'vitest';
import { admin, openApp } from '../test/open-app.ts';

test('lists the categories', async () => {
  const { app } = await openApp();

  const response = await app.inject('/api/categories');

  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual([
    { id: 1, name: 'Novels' },
    { id: 2, name: 'Science' },
    { id: 3, name: 'Travel' },
  ]);
});

test('adds, gets, updates and deletes a category', async () => {
  const { app } = await openApp();

  const added = await app.inject({
    method: 'POST',
    url: '/api/categories',
    headers: admin,
    payload: { name: 'Poetry' },
  });
  expect(added.statusCode).toBe(201);
  expect(added.headers.location).toBe('/api/categories/4');
  expect(added.json()).toEqual({ id: 4, name: 'Poetry' });

  const url = '/api/categories/4';
  expect((await app.inject(url)).json()).toEqual({ id: 4, name: 'Poetry' });

  const updated = await app.inject({ method: 'PUT', url, headers: admin, payload: { name: 'Poems' } });
  expect(updated.statusCode).toBe(200);
  expect(updated.json()).toEqual({ id: 4, name: 'Poems' });
  expect((await app.inject(url)).json()).toEqual({ id: 4, name: 'Poems' });

  const deleted = await app.inject({ method: 'DELETE', url, headers: admin });
  expect(deleted.statusCode).toBe(204);
  expect(deleted.body).toBe('');
  expect((await app.inject(url)).statusCode).toBe(404);
});

test.each(['GET', 'PUT', 'DELETE'] as const)(
  '%s of a category that is not there is a 404',
  async (method) => {
    const { app } = await openApp();

    const response = await app.inject({
      method,
      url: '/api/categories/99',
      headers: admin,
      ...(method === 'PUT' ? { payload: { name: 'Poetry' } } : {}),
    });

    expect(response.statusCode).toBe(404);
    expect(response.headers['content-type']).toMatch('application/problem+json');
    expect(response.json()).toMatchObject({ title: 'Not Found', detail: 'There is no category 99.' });
  },
);

test('does not delete a category that has books', async () => {
  const { app } = await openApp();

  const response = await app.inject({ method: 'DELETE', url: '/api/categories/1', headers: admin });

  expect(response.statusCode).toBe(409);
  expect(response.json()).toMatchObject({ title: 'Conflict', detail: 'Category 1 still has books.' });
  expect((await app.inject('/api/categories/1')).statusCode).toBe(200);
});

test.each([
  { method: 'POST', url: '/api/categories' },
  { method: 'PUT', url: '/api/categories/1' },
] as const)('$method $url refuses the name of another category', async (request) => {
  const { app } = await openApp();

  const response = await app.inject({ ...request, headers: admin, payload: { name: 'Travel' } });

  expect(response.statusCode).toBe(409);
  expect(response.json()).toMatchObject({
    detail: '"Travel" is the name of another category.',
    errors: [{ in: 'body', field: 'name' }],
  });
});

test.each([
  [{}, 'name', 'is required'],
  [{ name: 'x' }, 'name', 'must not have fewer than 2 characters'],
  [{ name: 'x'.repeat(151) }, 'name', 'must not have more than 150 characters'],
  [{ name: 12 }, 'name', 'must be string'],
  [{ name: null }, 'name', 'must be string'],
  [{ name: 'Poetry', id: 7 }, 'id', 'is not a known field'],
  [['Poetry'], '', 'must be object'],
])('refuses the category %j', async (payload, field, detail) => {
  const { app } = await openApp();

  for (const request of [
    { method: 'POST', url: '/api/categories' },
    { method: 'PUT', url: '/api/categories/1' },
  ] as const) {
    const response = await app.inject({ ...request, headers: admin, payload });

    expect(response.statusCode).toBe(400);
    expect(response.json().errors).toEqual([{ in: 'body', field, detail }]);
  }
});
