import { describe, expect, test } from 'vitest';
import { databases } from '../test/databases.ts';
import { openService } from '../test/open-service.ts';

describe.each(databases)('categories in $name', (database) => {
  const service = openService(database);

  test('are listed, all of them, or page by page', async () => {
    const { status, body, headers } = await service.get('/api/categories');
    expect(status).toBe(200);
    expect(body).toEqual([
      { id: 1, name: 'Novels' },
      { id: 2, name: 'Adventure' },
      { id: 3, name: 'Physics' },
      { id: 4, name: 'Other sciences' },
      { id: 5, name: 'Journeys' },
      { id: 6, name: 'Voyages' },
    ]);
    expect(headers.get('link')).toBeNull();

    const page = await service.get('/api/categories?limit=4');
    expect(page.body).toEqual(body.slice(0, 4));
    expect(page.headers.get('link')).toBe('</api/categories?limit=4&cursor=4>; rel="next"');
    const last = await service.get('/api/categories?limit=4&cursor=4');
    expect(last.body).toEqual(body.slice(4));
    expect(last.headers.get('link')).toBeNull();
  });

  test('are found by a part of their name, in any case', async () => {
    expect((await service.get('/api/categories/search/SCI')).body).toEqual([
      { id: 4, name: 'Other sciences' },
    ]);
    const paged = await service.get('/api/categories/search/y?limit=1&cursor=3');
    expect(paged.body).toEqual([{ id: 5, name: 'Journeys' }]);
    expect(paged.headers.get('link')).toBe('</api/categories/search/y?limit=1&cursor=5>; rel="next"');
    expect(await service.get('/api/categories/search/gardening')).toMatchObject({
      status: 404,
      body: { title: 'Not Found', detail: 'There is no category with "gardening" in its name.' },
    });
  });

  test('are added, got, replaced and deleted', async () => {
    const added = await service.ask('POST', '/api/categories', { name: 'Poetry' });
    const { id } = added.body;
    expect(added).toMatchObject({ status: 201, body: { id, name: 'Poetry' } });
    const path = `/api/categories/${id}`;
    expect(added.headers.get('location')).toBe(path);
    expect(await service.get(path)).toMatchObject({ status: 200, body: { id, name: 'Poetry' } });

    expect(await service.ask('PUT', path, { name: 'Poèmes' })).toMatchObject({
      status: 200,
      body: { id, name: 'Poèmes' },
    });
    expect((await service.get('/api/categories/search/POÈ')).body).toEqual([{ id, name: 'Poèmes' }]);

    expect(await service.ask('DELETE', path)).toMatchObject({ status: 204, body: undefined });
    expect((await service.get(path)).status).toBe(404);
    // Its id is not given to another one.
    const next = await service.ask('POST', '/api/categories', { name: 'Plays' });
    expect(next.body.id).toBeGreaterThan(id);
    await service.ask('DELETE', `/api/categories/${next.body.id}`);
  });

  test.each(['GET', 'PUT', 'DELETE'])('%s of one that is not there is a 404', async (method) => {
    const body = method === 'PUT' ? { name: 'Poetry' } : undefined;
    expect(await service.ask(method, '/api/categories/99', body)).toMatchObject({
      status: 404,
      body: { title: 'Not Found', detail: 'There is no category 99.' },
    });
  });

  test('stay while they have books', async () => {
    expect(await service.ask('DELETE', '/api/categories/1')).toMatchObject({
      status: 409,
      body: { title: 'Conflict', detail: 'Category 1 still has books.' },
    });
    expect((await service.get('/api/categories/1')).status).toBe(200);
  });

  test.each([
    { method: 'POST', path: '/api/categories' },
    { method: 'PUT', path: '/api/categories/1' },
  ])('$method $path refuses the name of another one', async ({ method, path }) => {
    expect(await service.ask(method, path, { name: 'Voyages' })).toMatchObject({
      status: 409,
      body: { errors: [{ in: 'body', field: 'name', detail: 'is the name of another category' }] },
    });
  });

  test.each([
    [{}, 'name', 'is required'],
    [{ name: 'x' }, 'name', 'must not have fewer than 2 characters'],
    [{ name: 'x'.repeat(151) }, 'name', 'must not have more than 150 characters'],
    [{ name: 12 }, 'name', 'must be string'],
    [{ name: null }, 'name', 'must be string'],
    [{ name: 'a\0b' }, 'name', expect.stringContaining('must match pattern')],
    [{ name: 'a\ud800' }, 'name', expect.stringContaining('must match pattern')],
    [{ name: 'Poetry', id: 7 }, 'id', 'is not a known field'],
    [['Poetry'], '', 'must be object'],
  ])('cannot be %j', async (body, field, detail) => {
    for (const [method, path] of [
      ['POST', '/api/categories'],
      ['PUT', '/api/categories/1'],
    ] as const) {
      const answer = await service.ask(method, path, body);
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ in: 'body', field, detail }] } });
    }
  });

  test.each(['ab', 'ä'.repeat(150), '📚📖'])('can be "%s"', async (name) => {
    const { status, body } = await service.ask('POST', '/api/categories', { name });
    expect([status, body.name]).toEqual([201, name]);
    expect((await service.get(`/api/categories/${body.id}`)).body.name).toBe(name);
    await service.ask('DELETE', `/api/categories/${body.id}`);
  });
});
