import { setTimeout as sleep } from 'node:timers/promises';
import { createContext } from '@catamaran/oci';
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { expect, test } from 'vitest';
import { loadJob, neverAborted, noProgress } from '../../testing/load-job.ts';
import { startStallableServer } from '../../testing/stallable-server.ts';
import { workerPids } from '../../testing/worker-pids.ts';
import type { Distribution, PhaseResult } from '../index.ts';
import { launchGenerator } from './launch-generator.ts';

const ratePerSecond = 100;
const stallMs = 1000;
/** A shared machine stands still now and then by itself: what fails once is tried again, what is wrong fails always. */
const noisy = { retry: 2 };
/** Of the 100 requests meant for the stall, those of its first 900 ms wait longer than this. */
const inflatedUs = 100_000;

/** Something stands still for a second, in the middle of six. */
async function runAndStall(stall: (serverStall: () => void, workerPid: number) => Promise<void>) {
  await using server = await startStallableServer();
  await using generator = await launchGenerator({ enter: [] }, createContext());
  const [workerPid = 0] = workerPids();
  const running = generator.run(loadJob(server.url, ratePerSecond, 6000), noProgress, neverAborted);
  await sleep(2500);
  await stall(() => server.stall(stallMs), workerPid);
  const result = await running;
  const [phase] = result.phases;
  if (!phase) throw new Error('There is no phase in the result.');
  expect(phase).toMatchObject({ scheduled: 600, sent: 600, dropped: 0, completed: 600, failed: {} });
  return { phase, health: result.generator };
}

function countAbove({ histogram, count }: Distribution, limitUs: number): number {
  const values = decodeFromCompressedBase64(histogram);
  const sorted = Array.from({ length: count }, (_, n) =>
    values.getValueAtPercentile(((n + 0.5) / count) * 100),
  );
  return sorted.filter((valueUs) => valueUs > limitUs).length;
}

function expectTruthAboutTheStall({ responseTime, seconds }: PhaseResult): void {
  expect(countAbove(responseTime, inflatedUs)).toBeGreaterThanOrEqual(80);
  expect(countAbove(responseTime, inflatedUs)).toBeLessThanOrEqual(115);
  expect(responseTime.maxUs).toBeGreaterThan(950_000);
  expect(responseTime.maxUs).toBeLessThan(1_500_000);
  // One in six was meant for the stall: the 99th percentile lies 6 requests, or 60 ms, below its length.
  expect(responseTime.p99Us).toBeGreaterThan(850_000);
  expect(responseTime.p50Us).toBeLessThan(inflatedUs);
  expect(Math.max(...seconds.map(({ p99Us }) => p99Us))).toBeGreaterThan(850_000);
  expect(seconds[0]?.p50Us).toBeLessThan(inflatedUs);
}

test(
  'the service stands still: sends go on, and every request meant for that time tells of it',
  noisy,
  async () => {
    const { phase } = await runAndStall(async (stallServer) => stallServer());
    expectTruthAboutTheStall(phase);
    // Nothing waited for an answer before it was sent, so that this time the service time tells it, too.
    expect(phase.lateness.p99Us).toBeLessThan(inflatedUs);
    expect(countAbove(phase.serviceTime, inflatedUs)).toBeGreaterThanOrEqual(80);
  },
);

test(
  'the generator stands still: the service time hides it, the response time and the health do not',
  noisy,
  async () => {
    const { phase, health } = await runAndStall(async (_stallServer, workerPid) => {
      process.kill(workerPid, 'SIGSTOP');
      await sleep(stallMs);
      process.kill(workerPid, 'SIGCONT');
    });
    expectTruthAboutTheStall(phase);
    // All that was due leaves at once when it goes on, which costs the server some time, but far less than the stall.
    expect(countAbove(phase.responseTime, stallMs * 500)).toBeGreaterThanOrEqual(40);
    expect(countAbove(phase.serviceTime, stallMs * 500)).toBeLessThan(10);
    expect(phase.lateness.maxUs).toBeGreaterThan(950_000);
    expect(health.latenessP99Us).toBeGreaterThan(850_000);
    expect(health.lateShare).toBeGreaterThan(0.13);
  },
);
