import type { Distribution } from '../run-record/distribution.ts';
import type { PhaseResult } from '../run-record/phase-result.ts';

export interface PhaseShape {
  readonly medianUs: number;
  /** What multiplies every time. */
  readonly slowness: number;
  readonly failed?: Readonly<Record<string, number>>;
  readonly dropped?: number;
}

/** A phase as one of that rate would go: times wobble over the seconds, always in the same way. */
export function fakePhase(
  phase: { readonly name: string; readonly durationMs: number; readonly ratePerSecond: number },
  shape: PhaseShape,
): PhaseResult {
  const scheduled = (phase.durationMs / 1000) * phase.ratePerSecond;
  const dropped = shape.dropped ?? 0;
  const failed = shape.failed ?? {};
  const completed = scheduled - dropped - Object.values(failed).reduce((total, count) => total + count, 0);
  const medianUs = shape.medianUs * shape.slowness;
  return {
    ...phase,
    scheduled,
    sent: scheduled - dropped,
    dropped,
    completed,
    failed,
    statusCodes: { '200': completed },
    bytesReceived: completed * 5000,
    achievedRatePerSecond: completed / (phase.durationMs / 1000 + (medianUs * 4) / 1e6),
    responseTime: fakeDistribution(completed, medianUs),
    serviceTime: fakeDistribution(completed, medianUs * 0.97),
    lateness: fakeDistribution(completed, 4),
    seconds: Array.from({ length: phase.durationMs / 1000 }, (_, second) => {
      const wobbleUs = medianUs * (1 + 0.08 * Math.sin(second * 1.7));
      const spike = second % 31 === 17 ? 3.1 : 1;
      return {
        second,
        scheduled: phase.ratePerSecond,
        completed: phase.ratePerSecond,
        failed: 0,
        p50Us: Math.round(wobbleUs),
        p95Us: Math.round(wobbleUs * (1.55 + 0.2 * Math.sin(second * 0.9))),
        p99Us: Math.round(wobbleUs * 2.2 * spike * (1 + 0.15 * Math.sin(second * 3.1))),
      };
    }),
  };
}

function fakeDistribution(count: number, medianUs: number): Distribution {
  const at = (factor: number) => Math.round(medianUs * factor);
  return {
    count,
    minUs: at(0.55),
    meanUs: at(1.12),
    p50Us: at(1),
    p90Us: at(1.42),
    p95Us: at(1.68),
    p99Us: at(2.61),
    maxUs: at(7.2),
    // One value of 2000 µs: nothing reads it here, and it is a real one of its kind.
    histogram: 'HISTFAAAACJ4nJNpmSzMwMDAzMDAwAilGaBsBubJ7Qww/nx5JgBHMQMt',
  };
}
