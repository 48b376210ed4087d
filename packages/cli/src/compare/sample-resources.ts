import { setTimeout as sleep } from 'node:timers/promises';
import type { TargetRecord } from '@catamaran/report';
import type { ResourceSample, Service } from '@catamaran/run';

const sampleEveryMs = 500;

/** Samples a service's resources until stopped. */
export interface ResourceSampling {
  /** Takes a last sample and puts all together. */
  finish(completedRequests: number): Promise<TargetRecord['resources']>;
  /** Ends it without a result. */
  stop(): void;
}

export async function sampleResources(service: Service, vcpu: number): Promise<ResourceSampling> {
  const samples: ResourceSample[] = [await service.stats()];
  const stopped = new AbortController();
  const sampling = (async () => {
    while (!stopped.signal.aborted) {
      await sleep(sampleEveryMs, undefined, { signal: stopped.signal });
      samples.push(await service.stats());
    }
  })().catch(() => {
    // Stopped, or the service has ended, which whoever loads it learns and tells.
  });
  return {
    async finish(completedRequests) {
      stopped.abort();
      await sampling;
      samples.push(await service.stats());
      return summarise(samples, vcpu, completedRequests);
    },
    stop: () => stopped.abort(),
  };
}

function summarise(
  samples: readonly ResourceSample[],
  vcpu: number,
  completedRequests: number,
): TargetRecord['resources'] {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last) throw new Error('no resource samples');
  const periods = last.periods - first.periods;
  return {
    cpuUsPerRequest:
      completedRequests === 0 ? 0 : (last.cpuUsageNs - first.cpuUsageNs) / 1000 / completedRequests,
    cpuShare: shareOf(first, last, vcpu),
    throttledShare: periods === 0 ? 0 : (last.throttledPeriods - first.throttledPeriods) / periods,
    memoryPeakBytes: last.memoryPeakBytes,
    points: samples.slice(1).map((sample, at) => ({
      atMs: sample.atMs - first.atMs,
      cpuShare: shareOf(samples[at] ?? first, sample, vcpu),
      memoryBytes: sample.memoryBytes,
    })),
  };
}

/** CPU time used between two samples, of what the limit allows. */
function shareOf(from: ResourceSample, to: ResourceSample, vcpu: number): number {
  const allowedNs = (to.atMs - from.atMs) * 1e6 * vcpu;
  return allowedNs <= 0 ? 0 : (to.cpuUsageNs - from.cpuUsageNs) / allowedNs;
}
