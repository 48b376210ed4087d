import { euWest1, judge, requestShares } from '@catamaran/verdict';
import type { RunRecord } from '../run-record/run-record.ts';
import type { TargetRecord } from '../run-record/target-record.ts';
import { fakePhase, type PhaseShape } from './fake-phase.ts';

const load = [
  { name: 'books', durationMs: 60_000, ratePerSecond: 50 },
  { name: 'categories', durationMs: 60_000, ratePerSecond: 100 },
  { name: 'orders', durationMs: 120_000, ratePerSecond: 80 },
] as const;

const medianUs = { books: 2900, categories: 840, orders: 4200 } as const;
const limits = { vcpu: 0.5, memoryMiB: 1024 };
const machine = {
  architecture: 'amd64',
  cpuModel: 'Intel(R) Xeon(R) CPU @ 2.50GHz',
  cpus: 2,
  memoryBytes: 8_323_166_208,
  kernel: '6.1.0-28-amd64',
};

/** A run of the bookstore as one on an x86-64 machine would be: arm64 under emulation, some 9 times slower. */
export function bookstoreRecord(changes: Partial<RunRecord> = {}): RunRecord {
  const record = {
    schemaVersion: 1,
    catamaran: '0.1.0',
    startedAt: '2026-11-21T05:40:12Z',
    finishedAt: '2026-11-21T05:49:31Z',
    project: 'bookstore',
    image: { reference: 'bookstore:1.4.0', digest: `sha256:${'5e1f'.repeat(16)}`, buildMs: 9_412 },
    machine,
    host: 'runc',
    limits,
    load: { source: 'load.yml', warmupMs: 10_000, phases: load },
    targets: [nativeTarget(), emulatedTarget()],
    prices: euWest1,
    ...changes,
  } as const;
  return { ...record, verdict: changes.verdict ?? judgeRecord(record) };
}

export function nativeTarget(platform = 'linux/amd64', changes: Partial<PhaseShape> = {}): TargetRecord {
  return {
    platform,
    emulated: false,
    architecture: { value: platform.slice(6), confirmedBy: ['elf header', 'health response'] },
    image: { digest: `sha256:${'a3c0'.repeat(16)}`, sizeBytes: 61_140_992 },
    startupMs: 412,
    phases: phases({ slowness: 1, ...changes }),
    generator: { cpuShare: 0.124, eventLoopDelayP99Us: 910, latenessP99Us: 34, lateShare: 0.0002 },
    resources: {
      cpuUsPerRequest: 2310,
      cpuShare: 0.362,
      throttledShare: 0.021,
      memoryPeakBytes: 74_711_040,
      points: resourcePoints(0.005, 66e6),
    },
  };
}

export function emulatedTarget(platform = 'linux/arm64'): TargetRecord {
  const native = nativeTarget(platform);
  return {
    ...native,
    emulated: true,
    image: { digest: `sha256:${'b7d2'.repeat(16)}`, sizeBytes: 60_432_384 },
    startupMs: 6_980,
    phases: phases({ slowness: 9.3 }),
    resources: {
      cpuUsPerRequest: 5830,
      cpuShare: 0.914,
      throttledShare: 0.387,
      memoryPeakBytes: 131_072_000,
      points: resourcePoints(0.0118, 118e6),
    },
  };
}

function phases(shape: Omit<PhaseShape, 'medianUs'>) {
  return load.map((phase) => fakePhase(phase, { ...shape, medianUs: medianUs[phase.name] }));
}

function resourcePoints(sharePerRate: number, memoryBytes: number) {
  const rates = load.flatMap((phase) => Array(phase.durationMs / 1000).fill(phase.ratePerSecond) as number[]);
  return rates.map((rate, second) => ({
    atMs: (second + 1) * 1000,
    cpuShare: Math.min(1, rate * sharePerRate * (1 + 0.06 * Math.sin(second * 2.3))),
    memoryBytes: Math.round(
      memoryBytes * (1 + 0.1 * (1 - Math.exp(-second / 60)) + 0.004 * Math.sin(second)),
    ),
  }));
}

function judgeRecord(record: Omit<RunRecord, 'verdict'>): RunRecord['verdict'] {
  const targets = record.targets.map((target) => ({ ...target, ...requestShares(target.phases) }));
  return judge({ targets, prices: record.prices, limits, machineArchitecture: record.machine.architecture });
}
