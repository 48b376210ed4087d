import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { memory } from './databases.ts';
import { admin } from './open-app.ts';
import { openService } from './open-service.ts';

const problemType = 'application/problem+json; charset=utf-8';

describe('the service, of clients that send it nonsense,', () => {
  const service = openService(memory, { REQUEST_TIMEOUT_MS: '300' });
  const book = {
    categoryId: 1,
    name: 'Kidnapped',
    author: 'Robert Louis Stevenson',
    description: '',
    value: 5,
    publishDate: '1886-01-01',
  };

  /** Sends the parts, one after the other; `end` is left to the service. @returns all that it answers */
  async function talk(...parts: readonly (string | number)[]): Promise<string> {
    const { hostname, port } = new URL(service.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    const answer = text(socket);
    for (const part of parts) {
      if (typeof part === 'string') socket.write(part);
      else await new Promise((resolve) => setTimeout(resolve, part));
    }
    return answer;
  }

  const head = 'POST /api/orders HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\n';

  test.each([
    { name: 'JSON that does not end', body: '{"name": ', status: 400 },
    { name: 'what is no JSON', body: 'name=Kidnapped', status: 400 },
    { name: 'nothing', body: '', status: 400 },
    { name: 'null', body: 'null', status: 400 },
    { name: 'a text', body: '"Kidnapped"', status: 400 },
    { name: 'JSON that is deep', body: '['.repeat(100_000) + ']'.repeat(100_000), status: 400 },
    { name: 'a number beyond all numbers', body: JSON.stringify(book).replace('5', '1e999'), status: 400 },
    { name: 'a key twice', body: '{"name": "one", "\\u006eame": "two"}', status: 400 },
    {
      name: '__proto__',
      body: JSON.stringify(book).replace('{', '{"__proto__":{"isAdmin":true},'),
      status: 400,
    },
    { name: 'constructor.prototype', body: '{"constructor": {"prototype": {"isAdmin": true}}}', status: 400 },
    { name: '10 MB', body: JSON.stringify({ ...book, description: 'x'.repeat(10_000_000) }), status: 413 },
  ])('refuses $name', async ({ body, status }) => {
    const answer = await service.ask('POST', '/api/books', body);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, problemType]);
    expect((await service.get('/api/books/1')).status).toBe(200);
    expect({}).not.toHaveProperty('isAdmin');
  });

  test.each([
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'json',
  ])('refuses a body of %s', async (type) => {
    const headers = { ...admin, 'content-type': type };
    const answer = await service.ask('POST', '/api/books', JSON.stringify(book), headers);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([415, problemType]);
  });

  test.each([
    ['PATCH', '/api/books/1'],
    ['POST', '/api/books/1'],
    ['DELETE', '/api/books'],
    ['PUT', '/api/orders'],
    ['OPTIONS', '/api/books'],
    ['GET', '/api'],
    ['GET', '/api/books/1/pages'],
    ['GET', '/.env'],
    ['GET', '/docs/../../etc/passwd'],
  ])('has no %s %s', async (method, path) => {
    const answer = await service.ask(method, path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, problemType]);
  });

  test.each([
    '/%',
    '/api/books/%zz',
    '/api/books/search/%ff',
    '/api/books/search/%00',
    `/api/books/search/${'x'.repeat(151)}`,
  ])('refuses the address %s', async (path) => {
    const response = await fetch(service.url + path);
    expect([response.status, response.headers.get('content-type')]).toEqual([400, problemType]);
    await response.json();
  });

  test.each([
    'limit=0',
    'limit=-1',
    'limit=1001',
    'limit=ten',
    'limit=1&limit=2',
    'cursor=-1',
    'cursor=1.5',
    'cursor=9007199254740992',
  ])('refuses a page of %s', async (query) => {
    const answer = await service.get(`/api/books?${query}`);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ in: 'query' }] } });
  });

  test.each([
    { name: 'never sends its head', parts: ['GET /api/books HTTP/1.1\r\nHost: sh'] },
    {
      name: 'sends its head a letter at a time',
      parts: ['GET / HTTP/1.1\r\nA: b', 150, 'c', 150, 'd', 150, 'e'],
    },
    { name: 'never sends its body', parts: [`${head}Content-Length: 100\r\n\r\n{"customerName":`] },
    {
      name: 'sends its body a letter at a time',
      parts: [`${head}Transfer-Encoding: chunked\r\n\r\n`, 200, '1\r\n{\r\n', 200, '1\r\n"\r\n'],
    },
  ])('ends the connection of one that $name', async ({ parts }) => {
    const answer = await talk(...parts);
    expect(answer).toMatch(
      /^HTTP\/1\.1 408 Request Timeout\r\n[\s\S]*application\/problem\+json[\s\S]*"status":408/,
    );
    expect((await service.get('/readyz')).status).toBe(200);
  });

  test.each([
    { name: 'no HTTP', parts: ['HELLO\r\n\r\n'], status: 400 },
    { name: 'another length than it says', parts: [`${head}Content-Length: ten\r\n\r\n`], status: 400 },
    {
      name: 'two lengths',
      parts: [`${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n`],
      status: 400,
    },
    { name: 'a head of 100 kB', parts: [`GET / HTTP/1.1\r\nA: ${'a'.repeat(100_000)}\r\n\r\n`], status: 431 },
  ])('ends the connection of one that speaks $name', async ({ parts, status }) => {
    const answer = await talk(...parts);
    expect(answer).toMatch(
      new RegExp(`^HTTP/1\\.1 ${status} [\\s\\S]*application/problem\\+json[\\s\\S]*"status":${status}`),
    );
  });

  test('goes on serving others meanwhile, and afterwards', async () => {
    const slow = Array.from({ length: 200 }, () => talk(`${head}Content-Length: 100\r\n\r\n{`));
    const answers = await Promise.all(Array.from({ length: 50 }, () => service.get('/api/books')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await Promise.all(slow);
    expect((await service.get('/readyz')).status).toBe(200);
  });
});
