import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { admin, openApp, type TestApp } from '../test/open-app.ts';
import { parseExposition, type Sample } from '../test/parse-exposition.ts';

interface Listening extends TestApp {
  readonly url: string;
}

async function listen(): Promise<Listening> {
  const opened = await openApp();
  onTestFinished(() => opened.app.close());
  await opened.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = opened.app.server.address() as AddressInfo;
  return { ...opened, url: `http://127.0.0.1:${port}` };
}

async function scrape(url: string) {
  const response = await fetch(`${url}/metrics`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const { types, samples } = parseExposition(await response.text());
  const find = (name: string, labels: Readonly<Record<string, string>> = {}): Sample | undefined =>
    samples.find(
      (sample) =>
        sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
    );
  return { types, samples, value: (...of: Parameters<typeof find>) => find(...of)?.value };
}

const countName = 'http_server_request_duration_count';

test('requests are in a histogram of seconds, by method, route and status', async () => {
  const { url } = await listen();
  for (const id of [1, 2, 3]) await (await fetch(`${url}/api/books/${id}`)).arrayBuffer();
  await fetch(`${url}/api/books/4711`);
  await fetch(`${url}/nowhere/at/all`);
  await fetch(`${url}/api/categories/1`, { method: 'DELETE' });

  const { types, samples, value } = await scrape(url);

  expect(types.get('http_server_request_duration')).toBe('histogram');
  const book = { http_request_method: 'GET', http_route: '/api/books/:id', url_scheme: 'http' };
  expect(value(countName, { ...book, http_response_status_code: '200' })).toBe(3);
  expect(value(countName, { ...book, http_response_status_code: '404' })).toBe(1);
  expect(value(countName, { http_request_method: 'DELETE', http_response_status_code: '401' })).toBe(1);
  const unknown = samples.find(({ name, labels }) => name === countName && labels.http_route === undefined);
  expect(unknown).toMatchObject({ labels: { http_response_status_code: '404' }, value: 1 });
  // No path that a client has made up is in it.
  expect(
    samples.some(({ labels }) => Object.values(labels).some((label) => /4711|nowhere/.test(label))),
  ).toBe(false);

  const bucket = (le: string) =>
    value('http_server_request_duration_bucket', { ...book, http_response_status_code: '200', le });
  expect(bucket('+Inf')).toBe(3);
  expect(bucket('10')).toBe(3);
  const sum = value('http_server_request_duration_sum', { ...book, http_response_status_code: '200' }) ?? 0;
  expect(sum).toBeGreaterThan(0);
  expect(sum).toBeLessThan(3);
});

test('the event loop and the heap are in it', async () => {
  const { url } = await listen();
  await scrape(url);
  // Long enough for its delay to be looked at.
  await new Promise((resolve) => setTimeout(resolve, 100));
  const { types, samples, value } = await scrape(url);

  for (const figure of ['mean', 'max', 'p50', 'p90', 'p99']) {
    expect(types.get(`nodejs_eventloop_delay_${figure}`)).toBe('gauge');
    expect(value(`nodejs_eventloop_delay_${figure}`)).toBeGreaterThanOrEqual(0);
  }
  const utilization = value('nodejs_eventloop_utilization');
  expect(utilization).toBeGreaterThanOrEqual(0);
  expect(utilization).toBeLessThanOrEqual(1);
  const heap = samples.filter(({ name }) => name === 'v8js_memory_heap_used');
  expect(heap.map(({ labels }) => labels.v8js_heap_space_name)).toContain('old_space');
  expect(heap.reduce((sum, { value }) => sum + value, 0)).toBeGreaterThan(1_000_000);
  expect(value('process_memory_usage')).toBeGreaterThan(10_000_000);
});

test('totals are the database’s; while it does not answer, the last ones known', async () => {
  const { url, database } = await listen();
  const before = await scrape(url);
  expect(before.types.get('total_books')).toBe('gauge');
  expect(before.value('total_books')).toBe(30);
  expect(before.value('total_categories')).toBe(6);

  await database.destroy();

  const after = await scrape(url);
  expect(after.value('total_books')).toBe(30);
  expect(after.value(countName)).toBeGreaterThan(0);
});

test('every answer has the id of its request, the client’s where it has one', async () => {
  const { url } = await listen();
  const headers = { 'x-request-id': 'mine-1' };
  for (const path of ['/api/books/1', '/api/books/none', '/nowhere', '/metrics']) {
    expect((await fetch(url + path, { headers })).headers.get('x-request-id')).toBe('mine-1');
    expect((await fetch(url + path)).headers.get('x-request-id')).toMatch(/^[0-9a-z]{10}-[0-9a-z]+$/);
  }
});

const book = {
  categoryId: 1,
  name: 'Sylva',
  author: 'John Evelyn',
  description: 'On forest trees.',
  value: 18.5,
  publishDate: '1664-01-01',
};

/** @returns the status, and what it answered */
async function send(url: string, method: string, path: string, body?: object) {
  const response = await fetch(`${url}/api${path}`, {
    method,
    headers: { ...admin, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  return { status: response.status, id: text === '' ? 0 : Number(JSON.parse(text).id) };
}

test('what is added, changed and deleted is counted, and what is refused is not', async () => {
  const { url } = await listen();
  const before = await scrape(url);
  for (const name of ['books', 'categories']) {
    expect(before.types.get(`${name}_added_total`)).toBe('counter');
    expect(before.value(`${name}_added_total`)).toBe(0);
  }
  const added = await send(url, 'POST', '/books', book);
  const category = await send(url, 'POST', '/categories', { name: 'Forestry' });
  expect([added.status, category.status]).toEqual([201, 201]);
  await send(url, 'PUT', `/books/${added.id}`, { ...book, value: 20 });
  await send(url, 'PUT', `/books/${added.id}`, { ...book, value: 21 });
  await send(url, 'PUT', `/categories/${category.id}`, { name: 'Woods' });
  expect((await send(url, 'POST', '/books', { ...book, value: -1 })).status).toBe(400);
  expect((await send(url, 'DELETE', '/books/4711')).status).toBe(404);
  const during = await scrape(url);
  expect(during.value('total_books')).toBe(31);
  expect(during.value('total_categories')).toBe(7);
  await send(url, 'DELETE', `/books/${added.id}`);
  await send(url, 'DELETE', `/categories/${category.id}`);

  const { value } = await scrape(url);
  const counted = ['added', 'updated', 'deleted'].map((what) => value(`books_${what}_total`));
  expect(counted).toEqual([1, 2, 1]);
  expect(['added', 'updated', 'deleted'].map((what) => value(`categories_${what}_total`))).toEqual([1, 1, 1]);
  expect(value('total_books')).toBe(30);
  expect(value('total_categories')).toBe(6);
});

test('orders are counted by city, with what they cost and how many books they have', async () => {
  const { url } = await listen();
  const cheap = await send(url, 'POST', '/books', { ...book, value: 12.5 });
  const dear = await send(url, 'POST', '/books', { ...book, value: 90 });
  for (const { id } of [cheap, dear]) await send(url, 'POST', '/inventories', { bookId: id, amount: 5 });
  const order = { customerName: 'A customer', address: '1 Example Street', telephone: '+1 202 555 0100' };
  const inLisbon = { ...order, city: 'Lisbon "1"', books: [cheap.id, dear.id] };
  const first = await send(url, 'POST', '/orders', inLisbon);
  expect(first.status).toBe(201);
  await send(url, 'POST', '/orders', inLisbon);
  await send(url, 'POST', '/orders', { ...order, city: 'Porto', books: [cheap.id] });
  expect(
    (await send(url, 'POST', '/orders', { ...order, city: 'Faro', books: [4711] })).status,
  ).toBeGreaterThan(399);
  await send(url, 'DELETE', `/orders/${first.id}`);
  expect((await send(url, 'DELETE', `/orders/${first.id}`)).status).toBe(409);
  await send(url, 'PUT', `/orders/${first.id}`, { status: 'CANCELED' });

  const { types, samples, value } = await scrape(url);
  const cities = samples.filter(({ name }) => name.startsWith('total_orders'));
  expect(Object.fromEntries(cities.map(({ labels, value }) => [labels.city, value]))).toEqual({
    'Lisbon "1"': 2,
    Porto: 1,
  });
  expect(value('orders_canceled_total')).toBe(1);
  expect(types.get('orders_price')).toBe('histogram');
  expect(value('orders_price_sum')).toBe(217.5);
  expect(value('orders_price_bucket', { le: '20' })).toBe(1);
  expect(value('orders_number_of_books_count')).toBe(3);
  expect(value('orders_number_of_books_bucket', { le: '1' })).toBe(1);
  expect(value('orders_number_of_books_bucket', { le: '2' })).toBe(3);
});
