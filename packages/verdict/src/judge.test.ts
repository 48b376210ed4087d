import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakEven } from './break-even.ts';
import { judge, type VerdictInput } from './judge.ts';
import type { MeasuredTarget } from './measured-target.ts';
import { euWest1 } from './price-list.ts';
import type { ReasonCode } from './reason.ts';
import { requestShares } from './request-shares.ts';

const healthy = { cpuShare: 0.12, lateShare: 0, eventLoopDelayP99Us: 900 };
const limits = { vcpu: 0.5, memoryMiB: 1024 };

function target(platform: string, faults: Partial<MeasuredTarget> = {}): MeasuredTarget {
  return { platform, emulated: false, generator: healthy, failedShare: 0, droppedShare: 0, ...faults };
}

function input(...targets: MeasuredTarget[]): VerdictInput {
  return { targets, prices: euWest1, limits, machineArchitecture: 'amd64' };
}

const amd64 = target('linux/amd64');
const arm64 = target('linux/arm64');

interface Case {
  readonly title: string;
  readonly targets: readonly MeasuredTarget[];
  readonly code: ReasonCode;
  readonly text: string;
}

const cases: readonly Case[] = [
  {
    title: 'an emulated target',
    targets: [amd64, target('linux/arm64', { emulated: true })],
    code: 'emulated',
    text: "linux/arm64 ran under emulation on this amd64 machine: its timings are the emulator's, not a processor's.",
  },
  {
    title: 'a generator that missed its schedule in every way',
    targets: [
      target('linux/amd64', {
        generator: { cpuShare: 0.834, lateShare: 0.0042, eventLoopDelayP99Us: 7200 },
        droppedShare: 0.012,
      }),
      arm64,
    ],
    code: 'generator-bound',
    text:
      'The load generator did not keep its schedule against linux/amd64: 0.42 % of its requests left more than ' +
      '1 ms late (at most 0.1 % may); it was busy for 83.4 % of a core (at most 70 %); its event loop was 7.20 ms ' +
      'behind at the 99th percentile (at most 5 ms); 1.20 % of the scheduled requests were never sent, because ' +
      'too many were unanswered (none may be).',
  },
  {
    title: 'a generator that dropped one request in a million',
    targets: [amd64, target('linux/arm64', { droppedShare: 0.000001 })],
    code: 'generator-bound',
    text:
      'The load generator did not keep its schedule against linux/arm64: 0.0001 % of the scheduled requests were ' +
      'never sent, because too many were unanswered (none may be).',
  },
  {
    title: 'errors',
    targets: [target('linux/amd64', { failedShare: 0.0423 }), arm64],
    code: 'errors',
    text: '4.23 % of the requests to linux/amd64 failed (at most 0.1 % may).',
  },
  {
    title: 'errors that are hardly more than allowed, and still read as more',
    targets: [target('linux/amd64', { failedShare: 0.001002 }), arm64],
    code: 'errors',
    text: '0.1002 % of the requests to linux/amd64 failed (at most 0.1 % may).',
  },
  {
    title: 'a single target',
    targets: [amd64],
    code: 'single-target',
    text: 'Only linux/amd64 was measured: a comparison takes two.',
  },
  {
    title: 'the same target twice',
    targets: [amd64, amd64],
    code: 'single-target',
    text: 'Only linux/amd64 was measured: a comparison takes two.',
  },
  {
    title: 'no target',
    targets: [],
    code: 'single-target',
    text: 'No target was measured: a comparison takes two.',
  },
  {
    title: 'nothing but the order of measuring',
    targets: [amd64, arm64],
    code: 'not-paired',
    text:
      'The targets were measured one after the other, not in pairs: whatever else changed in between looks like a ' +
      'difference between them, and there is no confidence interval to tell the two apart.',
  },
];

describe('judge', () => {
  it.each(cases)('refuses because of $title', ({ targets, code, text }) => {
    const verdict = judge(input(...targets));
    expect(verdict.outcome).toBe('refused');
    expect(verdict.reasons.map((reason) => [reason.code, reason.text])).toEqual([[code, text]]);
    expect(verdict.remedies).toHaveLength(1);
  });

  it('says what would make a comparison possible', () => {
    const verdict = judge(input(amd64, target('linux/arm64', { emulated: true })));
    expect(verdict.remedies).toEqual([
      'Run both images on native machines: an arm64 machine such as a Graviton instance for linux/arm64 and an ' +
        'x86-64 one for linux/amd64.',
    ]);
  });

  it('allows what lies exactly at a threshold', () => {
    const atLimit = target('linux/arm64', {
      generator: { cpuShare: 0.7, lateShare: 0.001, eventLoopDelayP99Us: 5000 },
      failedShare: 0.001,
    });
    expect(judge(input(amd64, atLimit)).reasons.map((reason) => reason.code)).toEqual(['not-paired']);
  });

  it('says what prices say whatever was measured', () => {
    expect(judge(input()).prices).toEqual(breakEven(euWest1, limits));
  });
});

describe('judge, of any targets', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const anyTarget = fc.record({
    platform: fc.constantFrom('linux/amd64', 'linux/arm64'),
    emulated: fc.boolean(),
    generator: fc.record({ cpuShare: share, lateShare: share, eventLoopDelayP99Us: fc.nat(50_000) }),
    failedShare: share,
    droppedShare: share,
  });

  it('gives a reason that names each target at fault, and a remedy for each kind of reason', () => {
    const property = fc.property(fc.array(anyTarget, { maxLength: 4 }), (targets) => {
      const { reasons, remedies } = judge(input(...targets));
      expect(reasons.length).toBeGreaterThan(0);
      expect(remedies).toHaveLength(new Set(reasons.map((reason) => reason.code)).size);
      for (const reason of reasons) if (reason.platform) expect(reason.text).toContain(reason.platform);
      for (const { platform } of targets.filter((one) => one.emulated)) {
        expect(reasons).toContainEqual(expect.objectContaining({ code: 'emulated', platform }));
      }
    });
    fc.assert(property);
  });

  it('blames the order of measuring only where nothing else is wrong', () => {
    const property = fc.property(fc.array(anyTarget, { maxLength: 4 }), (targets) => {
      const codes = judge(input(...targets)).reasons.map((reason) => reason.code);
      if (codes.includes('not-paired')) expect(codes).toEqual(['not-paired']);
    });
    fc.assert(property);
  });

  it('prints no figure that reads as allowed', () => {
    const property = fc.property(
      fc.double({ min: 0.001, max: 1, noNaN: true, minExcluded: true }),
      (failed) => {
        const [reason] = judge(input(target('linux/amd64', { failedShare: failed }), arm64)).reasons;
        expect(Number(reason?.text.split(' ')[0])).toBeGreaterThan(0.1);
      },
    );
    fc.assert(property, { numRuns: 1000 });
  });
});

describe('requestShares', () => {
  it('counts over all phases, by what was sent and what was scheduled', () => {
    const phases = [
      { scheduled: 100, sent: 90, dropped: 10, failed: { timeout: 6, 'HTTP 500': 3 } },
      { scheduled: 100, sent: 90, dropped: 10, failed: {} },
    ];
    expect(requestShares(phases)).toEqual({ failedShare: 0.05, droppedShare: 0.1 });
  });

  it('is 0 where nothing was scheduled', () => {
    expect(requestShares([])).toEqual({ failedShare: 0, droppedShare: 0 });
  });
});
