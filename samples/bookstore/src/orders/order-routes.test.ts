import { describe, expect, test } from 'vitest';
import { databases } from '../test/databases.ts';
import { openService } from '../test/open-service.ts';

const customer = {
  customerName: 'Ada Lovelace',
  address: '12 St James’s Square',
  telephone: '+44 20 7946 0100',
  city: 'London',
};

describe.each(databases)('orders in $name', (database) => {
  const service = openService(database);
  const amountOf = async (bookId: number) => (await service.get(`/api/inventories/${bookId}`)).body.amount;
  const order = (books: readonly number[]) => service.ask('POST', '/api/orders', { ...customer, books }, {});

  test('are listed, all of them, or page by page', async () => {
    const { body } = await service.get('/api/orders');
    expect(body).toHaveLength(10);
    expect(body[1]).toEqual({
      id: 2,
      customerName: 'Customer No. 2',
      address: '2 Example Street, second floor',
      telephone: '+1 202 555 0102',
      city: 'Sampleford',
      books: [2, 12, 22],
      totalAmount: 56.49,
      status: 'NEW_ORDER',
    });
    const page = await service.get('/api/orders?limit=3&cursor=2');
    expect(page.body).toEqual(body.slice(2, 5));
    expect(page.headers.get('link')).toBe('</api/orders?limit=3&cursor=5>; rel="next"');
  });

  test('take a copy of each book, and cost what those cost', async () => {
    const before = [await amountOf(4), await amountOf(3)];
    const placed = await order([4, 3]);
    const { id } = placed.body;
    // 11.25 + 14.50
    const expected = { id, ...customer, books: [3, 4], totalAmount: 25.75, status: 'NEW_ORDER' };
    expect(placed).toMatchObject({ status: 201, body: expected });
    expect(placed.headers.get('location')).toBe(`/api/orders/${id}`);
    expect((await service.get(`/api/orders/${id}`)).body).toEqual(expected);
    expect([await amountOf(4), await amountOf(3)]).toEqual(before.map((amount) => amount - 1));
    expect((await service.get('/api/orders')).body.at(-1)).toEqual(expected);
  });

  test('give the books back when they are cancelled, once', async () => {
    const before = [await amountOf(5), await amountOf(6)];
    const { id } = (await order([5, 6])).body;
    const cancel = () => service.ask('DELETE', `/api/orders/${id}`);

    const answers = await Promise.all([cancel(), cancel(), cancel()]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(answers.find(({ status }) => status === 200)?.body).toMatchObject({ id, status: 'CANCELED' });
    expect(answers.find(({ status }) => status === 409)?.body.detail).toBe(
      `Order ${id} is canceled already.`,
    );
    expect([await amountOf(5), await amountOf(6)]).toEqual(before);
    // It is still there, and the same again changes nothing.
    expect((await service.get(`/api/orders/${id}`)).body.status).toBe('CANCELED');
    expect((await service.ask('PUT', `/api/orders/${id}`, { status: 'CANCELED' })).status).toBe(200);
    expect(await amountOf(5)).toBe(before[0]);
  });

  test('give books back that are sold no more', async () => {
    const { id } = (await order([13])).body;
    await service.ask('DELETE', '/api/inventories/13');
    await service.ask('DELETE', `/api/orders/${id}`);
    expect(await amountOf(13)).toBe(1);
  });

  test('are shipped and delivered, and there is no way back', async () => {
    const { id } = (await order([7])).body;
    const become = (status: string) => service.ask('PUT', `/api/orders/${id}`, { status });
    const amount = await amountOf(7);

    expect((await become('SHIPPED')).body).toMatchObject({ id, status: 'SHIPPED' });
    expect((await become('SHIPPED')).status).toBe(200);
    expect(await become('CANCELED')).toMatchObject({
      status: 409,
      body: { detail: `Order ${id} is SHIPPED and cannot become CANCELED.` },
    });
    expect((await service.ask('DELETE', `/api/orders/${id}`)).status).toBe(409);
    expect((await become('DELIVERED')).body).toMatchObject({ status: 'DELIVERED' });
    expect((await become('NEW_ORDER')).status).toBe(409);
    expect(await amountOf(7)).toBe(amount);
  });

  test('can be cancelled by their status, too', async () => {
    const before = await amountOf(8);
    const { id } = (await order([8])).body;
    const answer = await service.ask('PUT', `/api/orders/${id}`, { status: 'CANCELED' });
    expect(answer).toMatchObject({ status: 200, body: { id, status: 'CANCELED' } });
    expect(await amountOf(8)).toBe(before);
  });

  test.each([
    { name: 'no copy left', bookId: 25 },
    { name: 'no inventory', bookId: 26 },
  ])('of a book with $name are refused, and take nothing', async ({ name, bookId }) => {
    if (name === 'no inventory') await service.ask('DELETE', '/api/inventories/26');
    else expect(await amountOf(25)).toBe(0);
    const before = [await amountOf(9), (await service.get('/api/orders')).body.length];

    const answer = await order([9, bookId]);

    expect(answer).toMatchObject({
      status: 409,
      body: {
        detail: `Book ${bookId} has no copy left.`,
        errors: [{ in: 'body', field: 'books.1', detail: 'has no copy left' }],
      },
    });
    expect([await amountOf(9), (await service.get('/api/orders')).body.length]).toEqual(before);
  });

  test('of a book that is not there are refused, and take nothing', async () => {
    const before = await amountOf(9);
    expect(await order([9, 99])).toMatchObject({
      status: 422,
      body: { errors: [{ in: 'body', field: 'books.1', detail: 'is not the id of a book' }] },
    });
    expect(await amountOf(9)).toBe(before);
  });

  test.each(['GET', 'PUT', 'DELETE'])('%s of one that is not there is a 404', async (method) => {
    const body = method === 'PUT' ? { status: 'SHIPPED' } : undefined;
    expect(await service.ask(method, '/api/orders/99', body)).toMatchObject({
      status: 404,
      body: { detail: 'There is no order 99.' },
    });
  });

  test.each([
    [{ books: [] }, 'books', 'must not have fewer than 1 items'],
    [{ books: undefined }, 'books', 'is required'],
    [{ books: [1, 1] }, 'books', 'must not have duplicate items'],
    [{ books: [1.5] }, 'books.0', 'must be integer'],
    [{ books: [0] }, 'books.0', 'must be >= 1'],
    [{ books: '1' }, 'books', 'must be array'],
    [{ customerName: 'x' }, 'customerName', 'must not have fewer than 2 characters'],
    [{ customerName: 'x'.repeat(151) }, 'customerName', 'must not have more than 150 characters'],
    [{ address: '' }, 'address', 'must not have fewer than 2 characters'],
    [{ address: 'x'.repeat(151) }, 'address', 'must not have more than 150 characters'],
    [{ city: '' }, 'city', 'must not have fewer than 1 characters'],
    [{ status: 'SHIPPED' }, 'status', 'is not a known field'],
  ])('cannot have %j', async (change, field, detail) => {
    const answer = await service.ask('POST', '/api/orders', { ...customer, books: [1], ...change });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ in: 'body', field, detail }] } });
  });

  test('cannot have a status of the client’s own making', async () => {
    const answer = await service.ask('PUT', '/api/orders/1', { status: 'LOST' });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'status' }] } });
  });

  test('200 at once for the last 50 copies are 50 orders, and nothing is left', async () => {
    await service.ask('PUT', '/api/inventories/10', { amount: 50 });
    const count = async () => (await service.get('/api/orders')).body.length;
    const before = await count();

    const answers = await Promise.all(Array.from({ length: 200 }, () => order([10])));

    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(50);
    expect(statuses.filter((status) => status === 409)).toHaveLength(150);
    expect(await amountOf(10)).toBe(0);
    expect((await count()) - before).toBe(50);
  });

  test('of the same books the other way round do not wait for each other for ever', async () => {
    for (const id of [14, 15]) await service.ask('PUT', `/api/inventories/${id}`, { amount: 100 });
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => order(index % 2 === 0 ? [14, 15] : [15, 14])),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect([await amountOf(14), await amountOf(15)]).toEqual([40, 40]);
  });
});
