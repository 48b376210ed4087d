import { readFile } from 'node:fs/promises';
import type { Clock } from '@catamaran/oci';
import { runErrors } from '../errors.ts';
import type { ResourceSample } from '../service.ts';
import type { CgroupUsage } from './cgroup-usage.ts';
import { type CgroupFolders, locateCgroup } from './locate-cgroup.ts';
import { readUsageV1 } from './read-usage-v1.ts';
import { readUsageV2 } from './read-usage-v2.ts';
import { workingSetBytes, workingSetPeak } from './working-set-peak.ts';

/**
 * Samples the control group of a process. It is located once, while the process lives: a sample costs a few
 * small files and no other process.
 * @throws CATA_CGROUP_NOT_FOUND
 */
export async function resourceMeter(pid: number, clock: Clock): Promise<() => Promise<ResourceSample>> {
  const [cgroups, mountInfo] = await Promise.all([
    readFile(`/proc/${pid}/cgroup`, 'utf8'),
    readFile('/proc/self/mountinfo', 'utf8'),
  ]).catch((cause: Error) => {
    throw runErrors.CATA_CGROUP_NOT_FOUND({ pid, reason: cause.message }, { cause });
  });
  const folders = locateCgroup(pid, cgroups, mountInfo);
  const peakBytes = workingSetPeak();
  return async () => {
    const usage = await readUsage(folders);
    const { cpuUsageNs, throttledNs, throttledPeriods, periods } = usage;
    return {
      atMs: Number(clock.monotonicNs()) / 1e6,
      cpuUsageNs,
      throttledNs,
      throttledPeriods,
      periods,
      memoryBytes: workingSetBytes(usage),
      memoryPeakBytes: peakBytes(usage),
    };
  };
}

function readUsage(folders: CgroupFolders): Promise<CgroupUsage> {
  return folders.version === 1 ? readUsageV1(folders) : readUsageV2(folders.unified);
}
