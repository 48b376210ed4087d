import { describe, expect, test } from 'vitest';
import { databases } from '../test/databases.ts';
import { openService } from '../test/open-service.ts';

const book = {
  categoryId: 2,
  name: 'Kidnapped',
  author: 'Robert Louis Stevenson',
  description: '',
  value: 5,
  publishDate: '1886-01-01',
};

describe.each(databases)('inventories in $name', (database) => {
  const service = openService(database);

  test('are got by book, and found by its name', async () => {
    expect((await service.get('/api/inventories/7')).body).toEqual({ bookId: 7, amount: 24 });
    expect((await service.get('/api/inventories/get-inventory-by-book-name/JOURNEY')).body).toEqual([
      { bookId: 21, amount: 22 },
      { bookId: 22, amount: 4 },
    ]);
    const page = await service.get('/api/inventories/get-inventory-by-book-name/journey?limit=1');
    expect(page.body).toHaveLength(1);
    expect(page.headers.get('link')).toBe(
      '</api/inventories/get-inventory-by-book-name/journey?limit=1&cursor=21>; rel="next"',
    );
    expect(await service.get('/api/inventories/get-inventory-by-book-name/%25')).toMatchObject({
      status: 404,
      body: { detail: 'There is no inventory of a book with "%" in its name.' },
    });
  });

  test('are made, changed and deleted, and go with their book', async () => {
    const { id } = (await service.ask('POST', '/api/books', book)).body;
    const path = `/api/inventories/${id}`;
    expect((await service.get(path)).status).toBe(404);

    const made = await service.ask('POST', '/api/inventories', { bookId: id, amount: 3 });
    expect(made).toMatchObject({ status: 201, body: { bookId: id, amount: 3 } });
    expect(made.headers.get('location')).toBe(path);
    expect(await service.ask('POST', '/api/inventories', { bookId: id, amount: 3 })).toMatchObject({
      status: 409,
      body: { errors: [{ in: 'body', field: 'bookId', detail: 'has an inventory already' }] },
    });

    expect(await service.ask('PUT', path, { amount: 0 })).toMatchObject({
      status: 200,
      body: { bookId: id, amount: 0 },
    });
    expect((await service.get(path)).body.amount).toBe(0);
    expect((await service.ask('DELETE', path)).status).toBe(204);
    expect((await service.get(path)).status).toBe(404);

    await service.ask('POST', '/api/inventories', { bookId: id, amount: 1 });
    expect((await service.ask('DELETE', `/api/books/${id}`)).status).toBe(204);
    expect((await service.get(path)).status).toBe(404);
  });

  test.each(['GET', 'PUT', 'DELETE'])('%s of one that is not there is a 404', async (method) => {
    const body = method === 'PUT' ? { amount: 1 } : undefined;
    expect(await service.ask(method, '/api/inventories/99', body)).toMatchObject({
      status: 404,
      body: { detail: 'There is no inventory of a book 99.' },
    });
  });

  test('are only of books that are there', async () => {
    expect(await service.ask('POST', '/api/inventories', { bookId: 99, amount: 1 })).toMatchObject({
      status: 422,
      body: { errors: [{ in: 'body', field: 'bookId', detail: 'is not the id of a book' }] },
    });
  });

  test.each([
    [{ bookId: 1 }, 'amount', 'is required'],
    [{ bookId: 1, amount: -1 }, 'amount', 'must be >= 0'],
    [{ bookId: 1, amount: 1.5 }, 'amount', 'must be integer'],
    [{ bookId: 1, amount: 1e10 }, 'amount', 'must be <= 1000000000'],
    [{ bookId: 'one', amount: 1 }, 'bookId', 'must be integer'],
  ])('cannot be %j', async (body, field, detail) => {
    expect(await service.ask('POST', '/api/inventories', body)).toMatchObject({
      status: 400,
      body: { errors: [{ in: 'body', field, detail }] },
    });
  });
});
