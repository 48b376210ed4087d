import { expect, test } from 'vitest';
import { openApp } from '../test/open-app.ts';

test('says that the service is up, and on which architecture', async () => {
  const { app } = await openApp();

  const response = await app.inject('/healthz');

  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual({ status: 'ok', arch: process.arch === 'x64' ? 'amd64' : process.arch });
});
