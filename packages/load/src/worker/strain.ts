import { monitorEventLoopDelay } from 'node:perf_hooks';
import { nanosecondsPerMs, nanosecondsPerUs } from '../schedule/nanoseconds.ts';
import { BusyWait } from './busy-wait.ts';
import { nowNs } from './now.ts';

/** How hard a phase was for the generator. */
export interface Strain {
  readonly cpuShare: number;
  readonly eventLoopDelayP99Us: number;
}

export interface StrainGauge {
  readonly busyWait: BusyWait;
  stop(): Strain;
}

const sampleEveryMs = 5;

/**
 * Measures from now until `stop`.
 *
 * CPU: what the thread used, less the time that it spun, waiting for the next send. A share near 1 means that no
 * time was left to wait, and so that sends and responses had to queue for the generator itself. Only the
 * event loop's thread is counted: it is the one that can become the bottleneck.
 *
 * Event loop delay: a timer inside libuv asks every 5 ms how late it is, and so how long a response that arrived
 * at any time would have lain unread. A spinning loop is no hindrance, it comes round to the timer every few
 * microseconds; the time of a single turn would say little, since the idle turns are the most by far.
 */
export function gaugeStrain(): StrainGauge {
  const busyWait = new BusyWait();
  const monitor = monitorEventLoopDelay({ resolution: sampleEveryMs });
  monitor.enable();
  const startNs = nowNs();
  const cpuAtStart = process.threadCpuUsage();
  return {
    busyWait,
    stop() {
      const cpu = process.threadCpuUsage(cpuAtStart);
      const elapsedNs = nowNs() - startNs;
      monitor.disable();
      const workedNs = (cpu.user + cpu.system) * nanosecondsPerUs - busyWait.waitedNs;
      const delayNs = monitor.percentile(99) - sampleEveryMs * nanosecondsPerMs;
      return {
        cpuShare: Math.max(0, workedNs / elapsedNs),
        eventLoopDelayP99Us: Math.max(0, Math.round(delayNs / nanosecondsPerUs)),
      };
    },
  };
}
