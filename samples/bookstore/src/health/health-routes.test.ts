import { expect, test } from 'vitest';
import { openApp } from '../test/open-app.ts';

test('says that the service is up, and on which architecture', async () => {
  const { app } = await openApp();

  const response = await app.inject('/healthz');

  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual({ status: 'ok', arch: process.arch === 'x64' ? 'amd64' : process.arch });
});

test('says that it is ready, and no longer once the database is gone, while it lives on', async () => {
  const { app, database } = await openApp();
  expect(await app.inject('/readyz')).toMatchObject({ statusCode: 200, body: '{"status":"ready"}' });

  await database.destroy();

  const response = await app.inject('/readyz');
  expect(response.statusCode).toBe(503);
  expect(response.headers['content-type']).toMatch('application/problem+json');
  expect((await app.inject('/healthz')).statusCode).toBe(200);
});
