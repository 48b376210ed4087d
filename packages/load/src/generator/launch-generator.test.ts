import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createContext } from '@catamaran/oci';
import { afterEach, expect, test, vi } from 'vitest';
import { loadJob, neverAborted, noProgress } from '../../testing/load-job.ts';
import { startServer } from '../../testing/start-server.ts';
import { processStat, workerPids } from '../../testing/worker-pids.ts';
import { launchGenerator } from './launch-generator.ts';

afterEach(() => vi.unstubAllEnvs());

const gone = (pid: number) => vi.waitFor(() => expect(processStat(pid)).toBeUndefined(), { timeout: 5000 });

test('a health check sees the whole response', async () => {
  await using server = await startServer((request, response) => {
    response.writeHead(503, { 'x-machine': 'arm64' }).end(`not yet ${request.url}`);
  });
  await using generator = await launchGenerator({ enter: [] }, createContext());
  const response = await generator.request(`${server.url}/health?full`, 5000, neverAborted);
  expect(response).toMatchObject({ status: 503, body: 'not yet /health?full' });
  expect(response.headers['x-machine']).toBe('arm64');
});

test('a health check of nothing, of what never answers, and one that is cancelled', async () => {
  await using silent = await startServer(() => {});
  const dead = await startServer(() => {});
  await dead[Symbol.asyncDispose]();
  await using generator = await launchGenerator({ enter: [] }, createContext());
  await expect(generator.request(dead.url, 5000, neverAborted)).rejects.toThrow('ECONNREFUSED');
  await expect(generator.request(silent.url, 100, neverAborted)).rejects.toThrow(
    `no response from ${silent.url} within 100 ms`,
  );
  const cancel = new AbortController();
  const cancelled = generator.request(silent.url, 60_000, cancel.signal);
  cancel.abort(new Error('no more patience'));
  await expect(cancelled).rejects.toThrow('no more patience');
});

test('the process is in a group of its own, heeds no NODE_OPTIONS, and ends with the generator', async () => {
  vi.stubEnv('NODE_OPTIONS', '--require /nowhere/to/be/found.js');
  const generator = await launchGenerator({ enter: [] }, createContext());
  const [pid = 0, ...others] = workerPids();
  expect(others).toEqual([]);
  expect(processStat(pid)?.groupId).toBe(pid);
  await generator[Symbol.asyncDispose]();
  expect(processStat(pid)).toBeUndefined();
  await expect(generator.request('http://127.0.0.1:9/', 100, neverAborted)).rejects.toMatchObject({
    code: 'CATA_GENERATOR_STOPPED',
  });
});

test('an aborted run stops sending at once and rejects with the reason; the next one works', async () => {
  let received = 0;
  await using server = await startServer((_request, response) => {
    received++;
    response.end();
  });
  await using generator = await launchGenerator({ enter: [] }, createContext());
  const abort = new AbortController();
  const running = generator.run(loadJob(server.url, 200, 60_000), noProgress, abort.signal);
  await vi.waitFor(() => expect(received).toBeGreaterThan(10), { timeout: 10_000 });
  abort.abort(new Error('stop the load'));
  await expect(running).rejects.toThrow('stop the load');
  // Once a later request has been answered, everything sent before the abort has arrived.
  await generator.request(server.url, 5000, neverAborted);
  const atStop = received;
  await sleep(300);
  expect(received).toBe(atStop);
  const again = await generator.run(loadJob(server.url, 20, 500), noProgress, neverAborted);
  expect(again.phases[0]?.completed).toBe(10);
});

test('aborting the context ends the process and whatever it was doing', async () => {
  await using server = await startServer(() => {});
  const abort = new AbortController();
  const generator = await launchGenerator({ enter: [] }, createContext({ signal: abort.signal }));
  const [pid = 0] = workerPids();
  const running = generator.run(loadJob(server.url, 10, 60_000), noProgress, neverAborted);
  abort.abort(new Error('interrupted'));
  await expect(running).rejects.toThrow('interrupted');
  await gone(pid);
  await expect(launchGenerator({ enter: [] }, createContext({ signal: abort.signal }))).rejects.toThrow(
    'interrupted',
  );
});

test('a process that dies in the middle of a run is a coded error', async () => {
  await using server = await startServer(() => {});
  await using generator = await launchGenerator({ enter: [] }, createContext());
  const running = generator.run(loadJob(server.url, 10, 60_000), noProgress, neverAborted);
  for (const pid of workerPids()) process.kill(pid, 'SIGKILL');
  const error = await running.catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    code: 'CATA_GENERATOR_STOPPED',
    message: expect.stringContaining('SIGKILL'),
  });
});

test('when the parent is killed, the process ends by itself', async () => {
  const file = fileURLToPath(new URL('../../testing/launch-and-wait.ts', import.meta.url));
  const parent = spawn(process.execPath, ['--conditions=source', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(parent.stdout, 'data');
  const [pid = 0] = workerPids(parent.pid);
  expect(pid).toBeGreaterThan(0);
  parent.kill('SIGKILL');
  await gone(pid);
});

test('an enter command that forks instead of replacing itself leaves nothing behind either', async () => {
  const generator = await launchGenerator({ enter: ['sh', '-c', '"$@"; true', 'sh'] }, createContext());
  const children = readdirSync('/proc')
    .map(Number)
    .filter((pid) => processStat(pid)?.parentPid === process.pid);
  const [pid = 0, ...others] = children.flatMap((child) => workerPids(child));
  expect(pid).toBeGreaterThan(0);
  expect(others).toEqual([]);
  await generator[Symbol.asyncDispose]();
  await gone(pid);
});

test('an enter command that is not there is named', async () => {
  await expect(launchGenerator({ enter: ['no-such-command', '--'] }, createContext())).rejects.toMatchObject({
    code: 'CATA_GENERATOR_COMMAND_MISSING',
    fault: 'machine',
    message: expect.stringContaining('"no-such-command" could not be run (ENOENT)'),
  });
});

test('an enter command that fails is quoted with what it said', async () => {
  const enter = ['sh', '-c', 'echo cannot open the namespace >&2; exit 3'];
  await expect(launchGenerator({ enter }, createContext())).rejects.toMatchObject({
    code: 'CATA_GENERATOR_NOT_STARTED',
    message: expect.stringMatching(/exit code 3.*cannot open the namespace/),
    hint: expect.stringContaining('sh -c'),
  });
});
