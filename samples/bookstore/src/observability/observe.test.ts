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
    expect((await fetch(url + path)).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test('writes are counted', async () => {
  const { url } = await listen();
  expect(admin).toBeDefined();
  const { value, types } = await scrape(url);
  expect(types.get('books_added_total')).toBe('counter');
  expect(value('books_added_total')).toBe(0);
});
