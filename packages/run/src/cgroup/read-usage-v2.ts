import { join } from 'node:path';
import type { CgroupUsage } from './cgroup-usage.ts';
import { readNumber, readTable } from './read-values.ts';

/** https://docs.kernel.org/admin-guide/cgroup-v2.html#cpu-interface-files and #memory-interface-files */
export async function readUsageV2(folder: string): Promise<CgroupUsage> {
  const [cpu, memoryBytes, memoryHighestBytes, memory] = await Promise.all([
    readTable(join(folder, 'cpu.stat')),
    readNumber(join(folder, 'memory.current')),
    // Since Linux 5.19.
    readNumber(join(folder, 'memory.peak')).catch(() => undefined),
    readTable(join(folder, 'memory.stat')),
  ]);
  return {
    cpuUsageNs: (cpu.get('usage_usec') ?? 0) * 1000,
    throttledNs: (cpu.get('throttled_usec') ?? 0) * 1000,
    throttledPeriods: cpu.get('nr_throttled') ?? 0,
    periods: cpu.get('nr_periods') ?? 0,
    memoryBytes,
    memoryHighestBytes,
    inactiveFileBytes: memory.get('inactive_file') ?? 0,
  };
}
