import { describe, expect, it } from 'vitest';
import type { CgroupUsage } from './cgroup-usage.ts';
import { workingSetPeak } from './working-set-peak.ts';

const cpu = { cpuUsageNs: 0, throttledNs: 0, throttledPeriods: 0, periods: 0 };

function usage(memoryBytes: number, inactiveFileBytes: number, memoryHighestBytes?: number): CgroupUsage {
  return { ...cpu, memoryBytes, inactiveFileBytes, memoryHighestBytes };
}

describe('workingSetPeak', () => {
  it('keeps the highest working set of all samples', () => {
    const peak = workingSetPeak();
    expect([usage(50, 10), usage(90, 20), usage(60, 10)].map(peak)).toEqual([40, 70, 70]);
  });

  it('does not count file pages that only passed through', () => {
    expect(workingSetPeak()(usage(100, 70, 100))).toBe(30);
  });

  it('sees a peak between two samples', () => {
    const peak = workingSetPeak();
    peak(usage(50, 10, 50));
    expect(peak(usage(50, 10, 95))).toBe(85);
  });
});
