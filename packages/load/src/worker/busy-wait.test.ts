import { expect, test } from 'vitest';
import { BusyWait } from './busy-wait.ts';

test('turns in which nothing was done are waiting', () => {
  const busyWait = new BusyWait();
  for (const nowNs of [0, 2000, 4000, 6000]) busyWait.turned(nowNs);
  expect(busyWait.waitedNs).toBe(6000);
});

test('a turn with work, and the one after it, are none', () => {
  const busyWait = new BusyWait();
  busyWait.turned(0);
  busyWait.worked();
  for (const nowNs of [9000, 12_000, 14_000]) busyWait.turned(nowNs);
  expect(busyWait.waitedNs).toBe(2000);
});

test('sleep is none, and an interruption no more than a long turn', () => {
  const busyWait = new BusyWait();
  busyWait.turned(0);
  busyWait.slept();
  busyWait.turned(5_000_000);
  busyWait.turned(15_000_000);
  expect(busyWait.waitedNs).toBe(25_000);
});
