import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { lastingDatabases } from './databases.ts';
import { admin } from './open-app.ts';
import { type ServiceProcess, startProcess, untilReady } from './start-process.ts';

const copies = 100_000;
const customer = {
  customerName: 'Ada Lovelace',
  address: '12 St James’s Square',
  telephone: '+44 20 7946 0100',
  city: 'London',
};

interface Order {
  readonly id: number;
  readonly books: readonly number[];
}

async function ask<T>({ url }: ServiceProcess, method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(url + path, {
    method,
    headers: { ...admin, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** Orders over and over until the service is gone. @returns the ids of the orders that it has confirmed */
async function orderUntilItEnds(service: ServiceProcess, confirmed: number[]): Promise<void> {
  for (;;) {
    try {
      const { id } = await ask<Order>(service, 'POST', '/api/orders', { ...customer, books: [1, 2] });
      confirmed.push(id);
    } catch (error) {
      if (!service.child.killed) throw error;
      return;
    }
  }
}

describe.each(lastingDatabases)('$name', ({ create }) => {
  test('loses no order that was confirmed, and no copy without an order, when it is killed', async () => {
    await using database = await create();
    const env = { DATABASE_URL: database.url, SEED: '30' };
    const confirmed: number[] = [];
    for (let round = 1; round <= 3; round += 1) {
      const service = await startProcess(env);
      await untilReady(service);
      if (round === 1)
        for (const id of [1, 2]) await ask(service, 'PUT', `/api/inventories/${id}`, { amount: copies });
      const enough = confirmed.length + 20;
      const clients = Array.from({ length: 8 }, () => orderUntilItEnds(service, confirmed));
      while (confirmed.length < enough) await sleep(5);
      service.child.kill('SIGKILL');
      await once(service.child, 'exit');
      await Promise.all(clients);
    }

    const service = await startProcess(env);
    await untilReady(service);
    const orders = (await ask<Order[]>(service, 'GET', '/api/orders')).filter(({ id }) => id > 10);
    const stored = new Set(orders.map(({ id }) => id));
    expect(confirmed.length).toBeGreaterThanOrEqual(60);
    expect(confirmed.filter((id) => !stored.has(id))).toEqual([]);
    expect(orders.every(({ books }) => books.join() === '1,2')).toBe(true);
    for (const id of [1, 2]) {
      const { amount } = await ask<{ amount: number }>(service, 'GET', `/api/inventories/${id}`);
      expect(amount).toBe(copies - orders.length);
    }
  });

  test('is made and filled once when several copies of the service start at the same time', async () => {
    await using database = await create();
    const env = { DATABASE_URL: database.url, SEED: '50' };

    const services = await Promise.all([1, 2, 3].map(() => startProcess(env)));

    for (const service of services) {
      await untilReady(service);
      expect(await ask<unknown[]>(service, 'GET', '/api/books')).toHaveLength(50);
    }
    // Each may write, and the others see it.
    const [one, two] = services;
    if (!one || !two) throw new Error('not started');
    const { id } = await ask<Order>(one, 'POST', '/api/orders', { ...customer, books: [1] });
    expect(await ask<Order>(two, 'GET', `/api/orders/${id}`)).toMatchObject({ id, ...customer });
  });
});
