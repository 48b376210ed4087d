import { figureAbove, percentAbove } from './figure.ts';
import type { MeasuredTarget } from './measured-target.ts';
import type { Reason } from './reason.ts';
import { thresholds } from './thresholds.ts';

/** What is wrong with a target's emulation, by the architecture of the machine that it ran on. */
export function emulation(target: MeasuredTarget, machineArchitecture: string): Reason[] {
  if (!target.emulated) return [];
  const text = `${target.platform} ran under emulation on this ${machineArchitecture} machine: its timings are the emulator's, not a processor's.`;
  return [{ code: 'emulated', platform: target.platform, text }];
}

/** Where the generator was slower than its schedule, it is the generator that was measured. */
export function generatorBound(target: MeasuredTarget): Reason[] {
  const symptoms = [...lateSends(target), ...busyCore(target), ...delayedLoop(target), ...drops(target)];
  if (symptoms.length === 0) return [];
  const text = `The load generator did not keep its schedule against ${target.platform}: ${symptoms.join('; ')}.`;
  return [{ code: 'generator-bound', platform: target.platform, text }];
}

/** A failed request is other work than an answered one. */
export function errors(target: MeasuredTarget): Reason[] {
  if (target.failedShare <= thresholds.failedShare) return [];
  const share = percentAbove(target.failedShare, thresholds.failedShare);
  const text = `${share} of the requests to ${target.platform} failed (at most ${limitPercent(thresholds.failedShare)} may).`;
  return [{ code: 'errors', platform: target.platform, text }];
}

export function singleTarget(targets: readonly MeasuredTarget[]): Reason[] {
  const platforms = new Set(targets.map((target) => target.platform));
  if (platforms.size > 1) return [];
  const [only] = platforms;
  const subject = only === undefined ? 'No target was measured' : `Only ${only} was measured`;
  return [
    { code: 'single-target', ...(only && { platform: only }), text: `${subject}: a comparison takes two.` },
  ];
}

/** On identical servers, one measured after the other, a naive test was seen to find a 9 % difference. */
export const notPaired: Reason = {
  code: 'not-paired',
  text:
    'The targets were measured one after the other, not in pairs: whatever else changed in between looks like a ' +
    'difference between them, and there is no confidence interval to tell the two apart.',
};

function lateSends({ generator }: MeasuredTarget): string[] {
  if (generator.lateShare <= thresholds.lateShare) return [];
  const share = percentAbove(generator.lateShare, thresholds.lateShare);
  return [
    `${share} of its requests left more than 1 ms late (at most ${limitPercent(thresholds.lateShare)} may)`,
  ];
}

function busyCore({ generator }: MeasuredTarget): string[] {
  if (generator.cpuShare <= thresholds.generatorCpuShare) return [];
  const share = percentAbove(generator.cpuShare, thresholds.generatorCpuShare);
  return [`it was busy for ${share} of a core (at most ${limitPercent(thresholds.generatorCpuShare)})`];
}

function delayedLoop({ generator }: MeasuredTarget): string[] {
  if (generator.eventLoopDelayP99Us <= thresholds.eventLoopDelayP99Us) return [];
  const limitMs = thresholds.eventLoopDelayP99Us / 1000;
  const delay = figureAbove(generator.eventLoopDelayP99Us / 1000, limitMs);
  return [`its event loop was ${delay} ms behind at the 99th percentile (at most ${limitMs} ms)`];
}

function drops(target: MeasuredTarget): string[] {
  if (target.droppedShare <= thresholds.droppedShare) return [];
  const share = percentAbove(target.droppedShare, thresholds.droppedShare);
  return [
    `${share} of the scheduled requests were never sent, because too many were unanswered (none may be)`,
  ];
}

function limitPercent(share: number): string {
  return `${Number((share * 100).toPrecision(6))} %`;
}
