import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

/** What to look at, when it is not this machine. */
export interface CpuSource {
  /** Where `/proc` and `/sys` are. */
  readonly root: string;
  /** How many CPUs the process may be scheduled on. */
  readonly parallelism: number;
}

/**
 * How many CPUs this process can keep busy: those that it may be scheduled on, and no more than the quota of its
 * container, in whole CPUs, at least one. `docker run --cpus` and Fargate limit by quota, and all CPUs of the machine
 * stay visible.
 */
export function availableCpus(
  source: CpuSource = { root: '/', parallelism: availableParallelism() },
): number {
  const quotas = cgroupFolders(source.root).flatMap(readQuota);
  return Math.max(1, Math.min(source.parallelism, ...quotas.map(Math.ceil)));
}

/**
 * Where quotas may stand: the process's control group and those above it, whose quotas hold as well. In a container
 * the path is often one of the host's, and its own group is the root of what is mounted; what is not there is passed
 * over. Lines of /proc/self/cgroup are "0::/path" in version 2, "4:cpu,cpuacct:/path" in version 1: cgroups(7).
 */
function cgroupFolders(root: string): readonly string[] {
  const lines = (read(join(root, 'proc/self/cgroup')) ?? '').split('\n');
  return lines.flatMap((line) => {
    const [id, controllers = '', path] = line.split(':');
    if (path === undefined) return [];
    const isVersion2 = id === '0' && controllers === '';
    if (!isVersion2 && !controllers.split(',').includes('cpu')) return [];
    const mounts = isVersion2 ? ['', 'unified'] : ['cpu', controllers];
    return mounts.flatMap((mount) => ancestors(path).map((part) => join(root, 'sys/fs/cgroup', mount, part)));
  });
}

/** "/a/b" is in "/a/b", "/a" and "/". */
function ancestors(path: string): readonly string[] {
  const names = path.split('/').filter((name) => name !== '' && name !== '..');
  return Array.from({ length: names.length + 1 }, (_, above) =>
    names.slice(0, names.length - above).join('/'),
  );
}

/** In CPUs, if there is one: cpu.max is "50000 100000" or "max 100000", cpu.cfs_quota_us is -1 without a limit. */
function readQuota(folder: string): readonly number[] {
  const [quota, period] = read(join(folder, 'cpu.max'))?.trim().split(' ') ?? [
    read(join(folder, 'cpu.cfs_quota_us')),
    read(join(folder, 'cpu.cfs_period_us')),
  ];
  const cpus = Number(quota) / Number(period);
  return Number.isFinite(cpus) && cpus > 0 ? [cpus] : [];
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Not mounted, or the other version's.
    return undefined;
  }
}
