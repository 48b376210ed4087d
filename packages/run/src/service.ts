import type { Architecture, Platform } from '@catamaran/oci';

/** A running image. */
export interface Service {
  readonly platform: Platform;
  /** True for a foreign architecture under qemu: it shows that the service works, never how fast. */
  readonly emulated: boolean;
  /** `http://127.0.0.1:<port>`, as seen from inside its network. */
  readonly url: string;
  /** What to put before a command so that it runs in the service's network; empty for the host's. */
  readonly enter: readonly string[];
  /** From the ELF header of the entrypoint's executable, as it lies in the container's root. */
  readonly machine: Architecture;
  /** When the entrypoint was started, in milliseconds of the context's monotonic clock. */
  readonly startedAtMs: number;
  /** @throws CATA_STATS_UNREADABLE once the service has ended. */
  stats(): Promise<ResourceSample>;
  /** The last lines of stdout and stderr: at most 200, of at most 4 KiB. */
  logs(): readonly string[];
  /** Resolves when the service's process has ended, for whatever reason. Never rejects. */
  readonly exited: Promise<ServiceExit>;
}

/** One of the two is set. */
export interface ServiceExit {
  readonly code: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
}

/** What the service has used since it was started, from the statistics of its control group. */
export interface ResourceSample {
  /** When, in milliseconds of the context's monotonic clock. */
  readonly atMs: number;
  readonly cpuUsageNs: number;
  /** How long the CPU quota kept threads waiting, added up over the CPUs. */
  readonly throttledNs: number;
  /** Scheduler periods (of 100 ms) in which the quota was used up, of all `periods` in which anything ran. */
  readonly throttledPeriods: number;
  readonly periods: number;
  /** The working set: usage less the file pages that the kernel would drop first. */
  readonly memoryBytes: number;
  /** The highest working set since the start; see `workingSetPeak`. */
  readonly memoryPeakBytes: number;
}

export function formatExit({ code, signal }: ServiceExit): string {
  return signal ? `signal ${signal}` : `exit code ${code}`;
}
