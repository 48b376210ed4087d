import { createContext, digestOf, type Event } from '@catamaran/oci';
import { expect, it } from 'vitest';
import { pushSummary } from './push-summary.ts';
import { PushTally } from './push-tally.ts';

const digest = digestOf(Buffer.from('x'));

it('counts by registry what was sent, mounted and there, and passes every event on', () => {
  let nowNs = 0n;
  const passed: Event[] = [];
  const clock = { now: () => 0, monotonicNs: () => nowNs };
  const tally = new PushTally();
  const ctx = tally.listening(createContext({ clock, emit: (event) => passed.push(event) }));
  const events: readonly Event[] = [
    { type: 'blob.pushed', registry: 'a.io', digest, how: 'sent', sentBytes: 2_000_000 },
    { type: 'blob.pushed', registry: 'b.io', digest, how: 'mounted', sentBytes: 0 },
    { type: 'blob.pushed', registry: 'a.io', digest, how: 'present', sentBytes: 0 },
    { type: 'warning', message: 'slow' },
    { type: 'manifest.pushed', registry: 'a.io', digest, tag: '1', sentBytes: 500 },
    { type: 'manifest.pushed', registry: 'b.io', digest, sentBytes: 0 },
  ];
  for (const event of events) {
    nowNs += 1_000_000_000n;
    ctx.emit(event);
  }
  expect(passed).toEqual(events);
  expect(tally.registries).toEqual([
    {
      registry: 'a.io',
      sentBytes: 2_000_500,
      blobs: { sent: 1, mounted: 0, present: 1 },
      manifests: { sent: 1, present: 0 },
      durationMs: 5000,
    },
    {
      registry: 'b.io',
      sentBytes: 0,
      blobs: { sent: 0, mounted: 1, present: 0 },
      manifests: { sent: 0, present: 1 },
      durationMs: 6000,
    },
  ]);
  expect(pushSummary(tally.registries)).toBe(
    '  a.io  2.0 MB in 5.0 s: 1 blob sent, 1 already there, 1 manifest sent\n' +
      '  b.io  0 B in 6.0 s: 0 blobs sent, 1 mounted, manifests already there\n',
  );
});
