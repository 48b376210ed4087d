import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../test/free-port.ts';
import { hasPostgres } from '../../test/postgres-program.ts';
import { resumePostgres, startPostgres, stopPostgres } from '../../test/postgres-server.ts';
import { startProcess, untilReady } from '../../test/start-process.ts';

describe.skipIf(!hasPostgres())('PostgreSQL', () => {
  test('may come up after the service, go away, and come back', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bookstore-late-'));
    onTestFinished(async () => {
      await stopPostgres(folder);
      await rm(folder, { recursive: true, force: true });
    });
    const port = await freePort();
    const service = await startProcess({
      DATABASE_URL: `postgres://bookstore@127.0.0.1:${port}/postgres`,
      SEED: '3',
      LOG_LEVEL: 'info',
    });
    const get = async (path: string) => {
      const response = await fetch(service.url + path);
      return [response.status, response.headers.get('content-type')];
    };
    const problem = 'application/problem+json; charset=utf-8';
    const json = 'application/json; charset=utf-8';
    expect(await get('/healthz')).toEqual([200, json]);
    expect(await get('/readyz')).toEqual([503, problem]);
    expect(await get('/api/books')).toEqual([503, problem]);

    await startPostgres(folder, port);
    await untilReady(service);
    expect(await get('/api/books')).toEqual([200, json]);

    await stopPostgres(folder);
    expect(await get('/readyz')).toEqual([503, problem]);
    expect(await get('/api/books')).toEqual([503, problem]);
    expect(await get('/healthz')).toEqual([200, json]);

    await resumePostgres(folder, port);
    await untilReady(service);
    expect(await get('/api/books')).toEqual([200, json]);

    service.child.kill('SIGTERM');
    expect(await once(service.child, 'exit')).toEqual([0, null]);
  });

  test('that never comes up does not keep the service from ending', async () => {
    const service = await startProcess({
      DATABASE_URL: `postgres://bookstore:secret@127.0.0.1:${await freePort()}/postgres`,
    });
    service.child.kill('SIGTERM');
    expect(await once(service.child, 'exit')).toEqual([0, null]);
  });
});
