import { join } from 'node:path';
import type { CgroupUsage } from './cgroup-usage.ts';
import { readNumber, readTable } from './read-values.ts';

/** https://www.kernel.org/doc/html/latest/admin-guide/cgroup-v1/ (cpuacct, memory) and scheduler/sched-bwc */
export async function readUsageV1(folders: {
  readonly cpu: string;
  readonly cpuacct: string;
  readonly memory: string;
}): Promise<CgroupUsage> {
  const [cpuUsageNs, cpu, memoryBytes, memoryHighestBytes, memory] = await Promise.all([
    readNumber(join(folders.cpuacct, 'cpuacct.usage')),
    readTable(join(folders.cpu, 'cpu.stat')),
    readNumber(join(folders.memory, 'memory.usage_in_bytes')),
    readNumber(join(folders.memory, 'memory.max_usage_in_bytes')),
    readTable(join(folders.memory, 'memory.stat')),
  ]);
  return {
    cpuUsageNs,
    throttledNs: cpu.get('throttled_time') ?? 0,
    throttledPeriods: cpu.get('nr_throttled') ?? 0,
    periods: cpu.get('nr_periods') ?? 0,
    memoryBytes,
    memoryHighestBytes,
    inactiveFileBytes: memory.get('total_inactive_file') ?? 0,
  };
}
