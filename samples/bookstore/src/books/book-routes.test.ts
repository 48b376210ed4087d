import { describe, expect, test } from 'vitest';
import { databases } from '../test/databases.ts';
import { openService } from '../test/open-service.ts';

const input = {
  categoryId: 2,
  name: 'A Dictionary of the English Language',
  author: 'Samuel Johnson',
  description: 'In which the words are deduced from their originals.',
  value: 29.99,
  publishDate: '1755-04-15',
};

describe.each(databases)('books in $name', (database) => {
  const service = openService(database);
  const idsOf = async (path: string) => (await service.get(path)).body.map(({ id }: { id: number }) => id);
  const mobyDick = {
    id: 7,
    categoryId: 2,
    name: 'Moby-Dick',
    author: 'Herman Melville',
    description: 'A captain hunts one whale.',
    value: 12.99,
    publishDate: '1851-01-01',
  };

  test('are listed, all of them, or page by page', async () => {
    const { status, body, headers } = await service.get('/api/books');
    expect([status, body.length, headers.get('link')]).toEqual([200, 30, null]);
    expect(body[6]).toEqual(mobyDick);

    const seen = [];
    for (let path: string | undefined = '/api/books?limit=7'; path; ) {
      const page = await service.get(path);
      seen.push(...page.body);
      path = /^<(.+)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1];
    }
    expect(seen).toEqual(body);
  });

  test('are added, got, replaced and deleted', async () => {
    const added = await service.ask('POST', '/api/books', input);
    const { id } = added.body;
    expect(added).toMatchObject({ status: 201, body: { id, ...input } });
    const path = `/api/books/${id}`;
    expect(added.headers.get('location')).toBe(path);
    expect((await service.get(path)).body).toEqual({ id, ...input });

    const change = { ...input, categoryId: 3, name: 'Dictionary', value: 0, publishDate: '0001-01-01' };
    expect(await service.ask('PUT', path, change)).toMatchObject({ status: 200, body: { id, ...change } });
    expect((await service.get(path)).body).toEqual({ id, ...change });
    expect(await idsOf('/api/books/search/dictionary')).toEqual([id]);

    expect(await service.ask('DELETE', path)).toMatchObject({ status: 204, body: undefined });
    expect((await service.get(path)).status).toBe(404);
  });

  test.each(['GET', 'PUT', 'DELETE'])('%s of one that is not there is a 404', async (method) => {
    const body = method === 'PUT' ? input : undefined;
    expect(await service.ask(method, '/api/books/99', body)).toMatchObject({
      status: 404,
      body: { title: 'Not Found', detail: 'There is no book 99.' },
    });
  });

  test('stay when they were ordered', async () => {
    expect(await service.ask('DELETE', '/api/books/1')).toMatchObject({
      status: 409,
      body: { title: 'Conflict', detail: 'Book 1 is part of an order.' },
    });
  });

  test('are found by category, by name, and by anything', async () => {
    expect(await idsOf('/api/books/get-books-by-category/2')).toEqual([6, 7, 8, 9, 10]);
    expect(await idsOf('/api/books/get-books-by-category/2?limit=2&cursor=7')).toEqual([8, 9]);
    expect((await service.get('/api/books/search/MOBY')).body).toEqual([mobyDick]);
    expect(await idsOf('/api/books/search-book-with-category/melville')).toEqual([7]);
    expect(await idsOf('/api/books/search-book-with-category/whale')).toEqual([7]);
    expect(await idsOf('/api/books/search-book-with-category/BRONTË')).toEqual([2]);
    expect(await idsOf('/api/books/search-book-with-category/physics')).toEqual([11, 12, 13, 14, 15]);
    expect(await idsOf('/api/books/search-book-with-category/physics?limit=2')).toEqual([11, 12]);
    // In the name, there is no whale.
    expect((await service.get('/api/books/search/whale')).status).toBe(404);
  });

  test.each([
    ['get-books-by-category/99', 'There is no book of a category 99.'],
    ['search/gardening', 'There is no book with "gardening" in its name.'],
    [
      'search-book-with-category/gardening',
      'There is no book with "gardening" in it, or in its category\'s name.',
    ],
  ])('of which %s finds none are a 404', async (path, detail) => {
    expect(await service.get(`/api/books/${path}`)).toMatchObject({ status: 404, body: { detail } });
  });

  test.each(["' OR 1=1 --", '%', '_', '\\', '"; DROP TABLE book; --'])(
    'are not all found by %s',
    async (term) => {
      for (const search of ['search', 'search-book-with-category'])
        expect((await service.get(`/api/books/${search}/${encodeURIComponent(term)}`)).status).toBe(404);
      expect((await service.get('/api/books')).body).toHaveLength(30);
    },
  );

  test.each(['100% cotton', 'snake_case', 'back\\slash', "O'Brien"])('are found by %s', async (name) => {
    const { body } = await service.ask('POST', '/api/books', { ...input, name });
    const term = encodeURIComponent(name.slice(-8));
    expect(await idsOf(`/api/books/search/${term}`)).toEqual([body.id]);
    await service.ask('DELETE', `/api/books/${body.id}`);
  });

  test.each([
    { method: 'POST', path: '/api/books' },
    { method: 'PUT', path: '/api/books/1' },
  ])('$method $path refuses a category that is not there, and changes nothing', async ({ method, path }) => {
    const before = (await service.get('/api/books')).body;
    expect(await service.ask(method, path, { ...input, categoryId: 99 })).toMatchObject({
      status: 422,
      body: {
        title: 'Unprocessable Entity',
        detail: 'The request is not valid: categoryId 99 is not the id of a category.',
        errors: [{ in: 'body', field: 'categoryId', detail: 'is not the id of a category' }],
      },
    });
    expect((await service.get('/api/books')).body).toEqual(before);
  });

  test.each([
    [{ categoryId: 0 }, 'categoryId', 'must be >= 1'],
    [{ categoryId: '2' }, 'categoryId', 'must be integer'],
    [{ name: 'x' }, 'name', 'must not have fewer than 2 characters'],
    [{ name: 'x'.repeat(151) }, 'name', 'must not have more than 150 characters'],
    [{ author: '' }, 'author', 'must not have fewer than 2 characters'],
    [{ author: 'x'.repeat(151) }, 'author', 'must not have more than 150 characters'],
    [{ description: undefined }, 'description', 'is required'],
    [{ value: -0.01 }, 'value', 'must be >= 0'],
    [{ value: '12.50' }, 'value', 'must be number'],
    [{ value: null }, 'value', 'must be number'],
    [{ value: 9.999 }, 'value', 'must be multiple of 0.01'],
    [{ publishDate: '2023-02-29' }, 'publishDate', 'must be a valid date'],
    [{ publishDate: '15 April 1755' }, 'publishDate', 'must be a valid date'],
    [{ publishDate: '0000-01-01' }, 'publishDate', expect.stringContaining('must match pattern')],
    [{ isbn: '0' }, 'isbn', 'is not a known field'],
  ])('cannot have %j', async (change, field, detail) => {
    for (const [method, path] of [
      ['POST', '/api/books'],
      ['PUT', '/api/books/1'],
    ] as const) {
      const answer = await service.ask(method, path, { ...input, ...change });
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ in: 'body', field, detail }] } });
    }
  });

  test('have every field at fault named, not only the first', async () => {
    const { body } = await service.ask('POST', '/api/books', { ...input, name: '', value: -1 });
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(['name', 'value']);
  });

  test.each([0, 0.01, 0.29, 1.15, 4.35, 1000.1, 999_999.99, 1_000_000])('can cost %d', async (value) => {
    const { status, body } = await service.ask('POST', '/api/books', { ...input, value });
    expect([status, body.value]).toEqual([201, value]);
    await service.ask('DELETE', `/api/books/${body.id}`);
  });
});
