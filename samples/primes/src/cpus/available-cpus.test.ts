import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { availableCpus } from './available-cpus.ts';

/** On a machine with 8 CPUs and these files. */
function cpusWith(files: Readonly<Record<string, string>>): number {
  const root = mkdtempSync(join(tmpdir(), 'primes-cpus-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return availableCpus({ root, parallelism: 8 });
}

const v2 = 'proc/self/cgroup';

test.each([
  ['half a CPU', '50000 100000\n', 1],
  ['two CPUs', '200000 100000\n', 2],
  ['one and a half, which two workers use up', '150000 100000\n', 2],
  ['no limit', 'max 100000\n', 8],
  ['more than there are', '6400000 100000\n', 8],
  ['nonsense', 'much\n', 8],
])('version 2, %s', (_, max, cpus) => {
  expect(cpusWith({ [v2]: '0::/\n', 'sys/fs/cgroup/cpu.max': max })).toBe(cpus);
});

test('version 2, the quota of a group above holds as well', () => {
  const files = {
    [v2]: '0::/pod/container\n',
    'sys/fs/cgroup/pod/cpu.max': '300000 100000\n',
    'sys/fs/cgroup/pod/container/cpu.max': 'max 100000\n',
  };
  expect(cpusWith(files)).toBe(3);
});

test.each([
  ['50000', 1],
  ['200000', 2],
  ['-1', 8],
])('version 1, a quota of %s µs in 100,000', (quota, cpus) => {
  const files = {
    // As in a container: the path is the host's, what is mounted is the container's own.
    'proc/self/cgroup': '4:memory:/docker/a1\n3:cpu,cpuacct:/docker/a1\n1:name=systemd:/\n0::/\n',
    'sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': `${quota}\n`,
    'sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000\n',
  };
  expect(cpusWith(files)).toBe(cpus);
});

test('without control groups, those that the process may be scheduled on', () => {
  expect(cpusWith({})).toBe(8);
  expect(availableCpus()).toBeGreaterThanOrEqual(1);
  expect(availableCpus()).toBeLessThanOrEqual(availableParallelism());
});
