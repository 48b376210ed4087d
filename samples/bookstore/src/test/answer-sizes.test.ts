import { describe, expect, test } from 'vitest';
import { databases } from './databases.ts';
import { openService } from './open-service.ts';

/** What the published comparison's lists were. */
const lists = [
  { path: '/api/books', publishedBytes: 5000 },
  { path: '/api/categories', publishedBytes: 165 },
  { path: '/api/orders', publishedBytes: 1888 },
];

describe.each(databases)('what 30 books are seeded with, in $name,', (database) => {
  const service = openService(database);

  test.each(lists)(
    'makes $path answer $publishedBytes bytes, within 2 %',
    async ({ path, publishedBytes }) => {
      const response = await fetch(service.url + path, { headers: { 'accept-encoding': 'identity' } });
      const { byteLength } = await response.arrayBuffer();

      expect(response.headers.get('content-length')).toBe(String(byteLength));
      expect(Math.abs(byteLength / publishedBytes - 1), `${byteLength} bytes`).toBeLessThan(0.02);
    },
  );
});
