import { expect, test } from 'vitest';
import { admin, openApp } from '../test/open-app.ts';

const input = {
  categoryId: 2,
  name: 'A Dictionary of the English Language',
  author: 'Samuel Johnson',
  description: 'In which the words are deduced from their originals.',
  value: 29.99,
  publishDate: '1755-04-15',
};

test('lists the books', async () => {
  const { app } = await openApp();

  const response = await app.inject('/api/books');

  expect(response.statusCode).toBe(200);
  expect(response.json()).toHaveLength(30);
  expect(response.json()[6]).toEqual({
    id: 7,
    categoryId: 1,
    name: 'Adventures of Huckleberry Finn',
    author: 'Mark Twain',
    description: 'On a raft down the Mississippi.',
    value: 8.5,
    publishDate: '1884-01-01',
  });
});

test('adds, gets, updates and deletes a book', async () => {
  const { app } = await openApp();

  const added = await app.inject({ method: 'POST', url: '/api/books', headers: admin, payload: input });
  expect(added.statusCode).toBe(201);
  expect(added.headers.location).toBe('/api/books/31');
  expect(added.json()).toEqual({ id: 31, ...input });

  const url = '/api/books/31';
  expect((await app.inject(url)).json()).toEqual({ id: 31, ...input });

  const change = { ...input, categoryId: 3, value: 0 };
  const updated = await app.inject({ method: 'PUT', url, headers: admin, payload: change });
  expect(updated.statusCode).toBe(200);
  expect(updated.json()).toEqual({ id: 31, ...change });
  expect((await app.inject(url)).json()).toEqual({ id: 31, ...change });

  const deleted = await app.inject({ method: 'DELETE', url, headers: admin });
  expect(deleted.statusCode).toBe(204);
  expect(deleted.body).toBe('');
  expect((await app.inject(url)).statusCode).toBe(404);
});

test('a new book comes with an inventory of nothing, which goes when the book goes', async () => {
  const { app, database } = await openApp();
  const inventory = () => database.selectFrom('inventory').selectAll().where('bookId', '=', 31).execute();

  await app.inject({ method: 'POST', url: '/api/books', headers: admin, payload: input });
  expect(await inventory()).toEqual([{ bookId: 31, amount: 0 }]);

  await app.inject({ method: 'DELETE', url: '/api/books/31', headers: admin });
  expect(await inventory()).toEqual([]);
});

test.each(['GET', 'PUT', 'DELETE'] as const)('%s of a book that is not there is a 404', async (method) => {
  const { app } = await openApp();

  const response = await app.inject({
    method,
    url: '/api/books/99',
    headers: admin,
    ...(method === 'PUT' ? { payload: input } : {}),
  });

  expect(response.statusCode).toBe(404);
  expect(response.headers['content-type']).toMatch('application/problem+json');
  expect(response.json()).toMatchObject({ title: 'Not Found', detail: 'There is no book 99.' });
});

test('does not delete a book that is part of an order', async () => {
  const { app } = await openApp();

  const response = await app.inject({ method: 'DELETE', url: '/api/books/1', headers: admin });

  expect(response.statusCode).toBe(409);
  expect(response.json()).toMatchObject({ title: 'Conflict', detail: 'Book 1 is part of an order.' });
});

test.each([
  { method: 'POST', url: '/api/books' },
  { method: 'PUT', url: '/api/books/1' },
] as const)('$method $url refuses a category that is not there, and changes nothing', async (request) => {
  const { app } = await openApp();
  const before = (await app.inject('/api/books')).body;

  const response = await app.inject({ ...request, headers: admin, payload: { ...input, categoryId: 99 } });

  expect(response.statusCode).toBe(422);
  expect(response.json()).toEqual({
    type: 'about:blank',
    title: 'Unprocessable Entity',
    status: 422,
    detail: 'The request is not valid: categoryId 99 is not the id of a category.',
    errors: [{ in: 'body', field: 'categoryId', detail: 'is not the id of a category' }],
  });
  expect((await app.inject('/api/books')).body).toBe(before);
});

test.each([
  [{ categoryId: 0 }, 'categoryId', 'must be >= 1'],
  [{ categoryId: '2' }, 'categoryId', 'must be integer'],
  [{ name: 'x' }, 'name', 'must not have fewer than 2 characters'],
  [{ name: 'x'.repeat(151) }, 'name', 'must not have more than 150 characters'],
  [{ author: '' }, 'author', 'must not have fewer than 2 characters'],
  [{ description: undefined }, 'description', 'is required'],
  [{ value: -0.01 }, 'value', 'must be >= 0'],
  [{ value: '12.50' }, 'value', 'must be number'],
  [{ value: null }, 'value', 'must be number'],
  [{ value: 9.999 }, 'value', 'must be multiple of 0.01'],
  [{ publishDate: '2023-02-29' }, 'publishDate', 'must be a valid date'],
  [{ publishDate: '15 April 1755' }, 'publishDate', 'must be a valid date'],
  [{ isbn: '0' }, 'isbn', 'is not a known field'],
])('refuses a book with %j', async (change, field, detail) => {
  const { app } = await openApp();

  for (const request of [
    { method: 'POST', url: '/api/books' },
    { method: 'PUT', url: '/api/books/1' },
  ] as const) {
    const response = await app.inject({ ...request, headers: admin, payload: { ...input, ...change } });

    expect(response.statusCode).toBe(400);
    expect(response.json().detail).toBe(`The request is not valid: ${field} ${detail}.`);
    expect(response.json().errors).toEqual([{ in: 'body', field, detail }]);
  }
});

test('names every field at fault, not only the first', async () => {
  const { app } = await openApp();

  const response = await app.inject({
    method: 'POST',
    url: '/api/books',
    headers: admin,
    payload: { ...input, name: '', value: -1 },
  });

  expect(response.json().errors.map(({ field }: { field: string }) => field)).toEqual(['name', 'value']);
});

test('a text that the database cannot check is refused, with the name of its field', async () => {
  const { app } = await openApp();

  // SQLite's length() ends at a NUL.
  const payload = { ...input, author: 'a\0b' };
  const response = await app.inject({ method: 'POST', url: '/api/books', headers: admin, payload });

  expect(response.statusCode).toBe(422);
  expect(response.json().errors).toEqual([{ in: 'body', field: 'author', detail: 'cannot be stored' }]);
});
