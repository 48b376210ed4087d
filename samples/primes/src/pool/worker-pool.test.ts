import { expect, onTestFinished, test } from 'vitest';
import { WorkerPool } from './worker-pool.ts';

/** A worker that answers a number by itself, fails over a text, and dies of anything else; it knows how often it was asked. */
const module = new URL(
  `data:text/javascript,${encodeURIComponent(`
  import { parentPort } from 'node:worker_threads';
  import { setTimeout as sleep } from 'node:timers/promises';
  let asked = 0;
  parentPort.on('message', async (job) => {
    asked += 1;
    if (typeof job === 'string') return parentPort.postMessage({ error: job });
    if (job === null) throw new Error('out of order');
    if (job === true) process.exit(3);
    await sleep(job.ms ?? 0);
    parentPort.postMessage({ result: job.asked ? asked : job.value });
  });
`)}`,
);

const present = new AbortController().signal;

function openPool(size: number, maxWaiting: number): WorkerPool {
  const pool = new WorkerPool({ module, size, maxWaiting });
  onTestFinished(() => pool.close());
  return pool;
}

test('does as many jobs at a time as it has workers, and the others in turn', async () => {
  const pool = openPool(2, 10);
  const values = Array.from({ length: 6 }, (_, value) => value);

  const results = await Promise.all(values.map((value) => pool.run({ value, ms: 10 }, present)));

  expect(results).toEqual(values);
  const asked = await Promise.all([1, 2].map(() => pool.run({ asked: true, ms: 50 }, present)));
  // Of six jobs and these two, each worker had its part.
  expect(asked.reduce((sum, count) => sum + count)).toBe(8);
});

test('refuses what finds no place, and has room again afterwards', async () => {
  const pool = openPool(1, 1);
  const running = pool.run({ value: 1, ms: 100 }, present);
  const waiting = pool.run({ value: 2 }, present);

  expect(() => pool.run({ value: 3 }, present)).toThrow(expect.objectContaining({ kind: 'full' }));
  expect(await Promise.all([running, waiting])).toEqual([1, 2]);
  expect(await pool.run({ value: 4 }, present)).toBe(4);
});

test('what is aborted while it waits is not done, and makes room', async () => {
  const pool = openPool(1, 1);
  const running = pool.run({ value: 1, ms: 100 }, present);
  const client = new AbortController();
  const waiting = pool.run({ value: 2 }, client.signal);

  client.abort(new Error('gone'));

  await expect(waiting).rejects.toThrow('gone');
  const next = pool.run({ asked: true }, present);
  await running;
  // The second time that the worker was asked anything.
  expect(await next).toBe(2);
});

test.each([
  ['throws', null],
  ['exits', true],
])('a worker that %s fails its job, and the next has another worker', async (_, deadly) => {
  const pool = openPool(1, 5);
  expect(await pool.run({ asked: true }, present)).toBe(1);
  const died = pool.run(deadly, present);
  const after = pool.run({ asked: true }, present);

  await expect(died).rejects.toMatchObject({ kind: 'died' });
  expect(await after).toBe(1);
});

test('a job that fails leaves its worker at work', async () => {
  const pool = openPool(1, 5);

  await expect(pool.run('no such sieve', present)).rejects.toThrow('no such sieve');
  expect(await pool.run({ asked: true }, present)).toBe(2);
});

test('a module that cannot be loaded fails every job, one by one', async () => {
  const missing = new URL('data:text/javascript,throw new Error("broken")');
  const pool = new WorkerPool({ module: missing, size: 1, maxWaiting: 5 });
  onTestFinished(() => pool.close());

  for (const job of [1, 2]) {
    await expect(pool.run(job, present)).rejects.toMatchObject({
      kind: 'died',
      cause: { message: 'broken' },
    });
  }
});

test('stopping: what can be done in time is done, also what comes meanwhile', async () => {
  const pool = openPool(1, 5);
  const before = pool.run({ value: 1, ms: 20 }, present);

  pool.closeAfter(60_000);

  const meanwhile = pool.run({ value: 2 }, present);
  expect(await Promise.all([before, meanwhile])).toEqual([1, 2]);
});

test('stopping: what takes too long is refused, running or waiting, and what comes afterwards', async () => {
  const pool = openPool(1, 5);
  const jobs = [1, 2].map((value) => pool.run({ value, ms: 60_000 }, present));
  pool.closeAfter(50);

  const stopping = { status: 'rejected', reason: expect.objectContaining({ kind: 'stopping' }) };
  expect(await Promise.allSettled(jobs)).toEqual([stopping, stopping]);
  expect(() => pool.run({ value: 3 }, present)).toThrow(expect.objectContaining({ kind: 'stopping' }));
});

test('closing refuses what is running, and ends the workers', async () => {
  const pool = openPool(1, 5);
  const job = expect(pool.run({ value: 1, ms: 60_000 }, present)).rejects.toMatchObject({ kind: 'stopping' });

  await pool.close();

  await job;
});
