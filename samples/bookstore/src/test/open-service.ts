import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import type { Database } from '../database/tables.ts';
import { checkAnswer } from './check-answer.ts';
import type { TestDatabase } from './databases.ts';
import { admin, openApp } from './open-app.ts';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it as they like
  readonly body: any;
}

export interface TestService {
  readonly url: string;
  readonly database: Database;
  /** As the admin. Every answer is held against the API's description. */
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  get(path: string): Promise<Answer>;
}

/** For the tests of a `describe`: the service with 30 books, over HTTP, on a database of its own. */
export function openService(
  { create }: { create(): Promise<TestDatabase> },
  env: Readonly<Record<string, string>> = {},
): TestService {
  const stack = new AsyncDisposableStack();
  let url = '';
  let database: Database | undefined;
  beforeAll(async () => {
    const created = stack.use(await create());
    const opened = await openApp({ DATABASE_URL: created.url, ...env });
    stack.defer(() => opened.app.close());
    await opened.app.listen({ host: '127.0.0.1', port: 0 });
    url = `http://127.0.0.1:${(opened.app.server.address() as AddressInfo).port}`;
    while (!(await fetch(`${url}/readyz`)).ok) await new Promise((resolve) => setTimeout(resolve, 10));
    database = opened.database;
  });
  afterAll(() => stack.disposeAsync());

  const ask: TestService['ask'] = async (method, path, body, headers = admin) => {
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(url + path, {
      method,
      headers: { ...type, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    await checkAnswer(url, method, path, response, text);
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  };
  return {
    get url() {
      return url;
    },
    get database() {
      if (!database) throw new Error('The service is not open yet.');
      return database;
    },
    ask,
    get: (path) => ask('GET', path),
  };
}
