/** What a control group's files say at one moment. */
export interface CgroupUsage {
  readonly cpuUsageNs: number;
  readonly throttledNs: number;
  readonly throttledPeriods: number;
  readonly periods: number;
  /** File pages included. */
  readonly memoryBytes: number;
  /** The highest `memoryBytes` since the group was made, where the kernel keeps it. */
  readonly memoryHighestBytes: number | undefined;
  /** File pages that were not used of late: the kernel drops them before it runs out of memory. */
  readonly inactiveFileBytes: number;
}
