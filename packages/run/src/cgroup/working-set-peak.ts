import type { CgroupUsage } from './cgroup-usage.ts';

/** Usage less the file pages that the kernel would drop first; what Kubernetes and cAdvisor call the working set. */
export function workingSetBytes(usage: CgroupUsage): number {
  return Math.max(0, usage.memoryBytes - usage.inactiveFileBytes);
}

/**
 * Follows the highest working set. The kernel's own high-water mark counts every file page ever read, so it
 * grows up to the limit and says nothing about what the service needs; it cannot be split afterwards. The peak
 * is therefore the greater of two numbers: the highest working set in any sample, and the high-water mark less
 * the inactive file pages of now, which catches a peak between two samples.
 */
export function workingSetPeak(): (usage: CgroupUsage) => number {
  let highestBytes = 0;
  return (usage) => {
    const betweenSamples = (usage.memoryHighestBytes ?? 0) - usage.inactiveFileBytes;
    highestBytes = Math.max(highestBytes, workingSetBytes(usage), betweenSamples);
    return highestBytes;
  };
}
