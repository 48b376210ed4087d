import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { describedApi } from '../test/check-answer.ts';
import { memory } from '../test/databases.ts';
import { openService } from '../test/open-service.ts';

describe('the description of the API', () => {
  const service = openService(memory);

  test('is valid OpenAPI 3.1, of every route', async () => {
    const document = await describedApi(service.url);
    const validator = new Validator();

    expect(await validator.validate({ ...document })).toEqual({ valid: true });

    expect(validator.version).toBe('3.1');
    const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.sort()).toEqual([
      'DELETE /api/books/{id}',
      'DELETE /api/categories/{id}',
      'DELETE /api/inventories/{bookId}',
      'DELETE /api/orders/{id}',
      'GET /api/books',
      'GET /api/books/get-books-by-category/{categoryId}',
      'GET /api/books/search-book-with-category/{searchedValue}',
      'GET /api/books/search/{bookName}',
      'GET /api/books/{id}',
      'GET /api/categories',
      'GET /api/categories/search/{category}',
      'GET /api/categories/{id}',
      'GET /api/inventories/get-inventory-by-book-name/{bookName}',
      'GET /api/inventories/{bookId}',
      'GET /api/orders',
      'GET /api/orders/{id}',
      'GET /healthz',
      'GET /readyz',
      'POST /api/books',
      'POST /api/categories',
      'POST /api/inventories',
      'POST /api/orders',
      'PUT /api/books/{id}',
      'PUT /api/categories/{id}',
      'PUT /api/inventories/{bookId}',
      'PUT /api/orders/{id}',
    ]);
  });

  test('says what is needed to write, and how what is sent must be', async () => {
    const { paths } = (await (await fetch(`${service.url}/openapi.json`)).json()) as {
      // biome-ignore lint/suspicious/noExplicitAny: a document of any shape
      paths: any;
    };
    expect(paths['/api/books'].post.security).toEqual([{ apiKey: [] }]);
    expect(paths['/api/orders'].post.security).toBeUndefined();
    expect(paths['/api/books'].get.security).toBeUndefined();
    const { schema } = paths['/api/books'].post.requestBody.content['application/json'];
    expect(schema.properties.name).toMatchObject({ type: 'string', minLength: 2, maxLength: 150 });
    expect(schema.required).toContain('author');
  });

  describe('where no key is set', () => {
    const open = openService(memory, { ADMIN_API_KEY: '' });

    test('asks for none, and has the same routes', async () => {
      const document = await describedApi(open.url);
      expect(JSON.stringify(document)).not.toMatch(/security|apiKey/);
      expect(Object.keys(document.paths)).toEqual(Object.keys((await describedApi(service.url)).paths));
      expect(await new Validator().validate({ ...document })).toEqual({ valid: true });
    });
  });

  test('is shown by Swagger UI, with all that its page needs', async () => {
    const page = await fetch(`${service.url}/docs`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const html = await page.text();
    const parts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
    expect(parts.length).toBeGreaterThan(4);
    for (const part of parts) {
      const response = await fetch(new URL(part, page.url));
      expect([part, response.status]).toEqual([part, 200]);
      expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(100);
    }
    const document = await (await fetch(`${service.url}/openapi.json`)).json();
    expect(await (await fetch(`${service.url}/docs/json`)).json()).toEqual(document);
    expect((await fetch(`${service.url}/docs/nothing`)).status).toBe(404);
  });
});
