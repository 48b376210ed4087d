import { describe, expect, it } from 'vitest';
import type { Fault, FaultPlan } from './fault.ts';
import { seededFaults } from './seeded-faults.ts';

/** By default for a request that every fault can befall. */
function drawn(
  plan: FaultPlan,
  count: number,
  request = { method: 'GET', path: '/v2/shop/blobs/uploads/1?_state=2' },
): readonly (Fault | undefined)[] {
  return Array.from({ length: count }, (_, index) => plan.next({ ...request, index }));
}

describe('seededFaults', () => {
  it('is the same for the same seed, and another for another', () => {
    const first = drawn(seededFaults(7, { share: 0.5 }), 200);
    expect(drawn(seededFaults(7, { share: 0.5 }), 200)).toEqual(first);
    expect(drawn(seededFaults(8, { share: 0.5 }), 200)).not.toEqual(first);
  });

  it.each([0, 0.1, 0.5, 1])('lets a share of %f fail', (share) => {
    const faults = drawn(seededFaults(1, { share }), 10_000).filter(Boolean);
    expect(Math.abs(faults.length / 10_000 - share)).toBeLessThan(0.02);
  });

  it('makes faults of every kind, or only of those that are wanted', () => {
    const all = new Set(drawn(seededFaults(1, { share: 1 }), 1000).map((fault) => fault?.kind));
    expect(all.size).toBe(9);
    const kinds = ['slow', 'status'] as const;
    const some = new Set(drawn(seededFaults(1, { share: 1, kinds }), 1000).map((fault) => fault?.kind));
    expect([...some].sort()).toEqual(['slow', 'status']);
    expect(drawn(seededFaults(1, { share: 1, kinds: [] }), 10)).toEqual(Array(10).fill(undefined));
  });

  it('makes faults only where they make a difference', () => {
    const kinds = (method: string, path: string) =>
      new Set(drawn(seededFaults(1, { share: 1 }), 1000, { method, path }).map((fault) => fault?.kind));
    expect(kinds('POST', '/v2/shop/blobs/uploads/').has('lose-upload')).toBe(false);
    expect(kinds('PATCH', '/v2/shop/blobs/uploads/1').has('corrupt-body')).toBe(false);
    expect(kinds('GET', '/token?scope=x').has('wrong-digest-header')).toBe(false);
    const plan = seededFaults(1, { share: 1, kinds: ['forget-part'] });
    expect(drawn(plan, 10, { method: 'GET', path: '/v2/' })).toEqual(Array(10).fill(undefined));
  });

  it('makes small sizes and large ones, and no fault that lasts', () => {
    const faults = drawn(seededFaults(3, { share: 1 }), 2000);
    const sizes = faults.flatMap((fault) => (fault?.kind === 'drop-request' ? [fault.afterBytes] : []));
    expect([Math.min(...sizes), sizes.some((size) => size > 500_000)]).toEqual([0, true]);
    for (const fault of faults) {
      if (fault?.kind === 'slow') expect(fault.delayMs).toBeLessThanOrEqual(20);
      if (fault?.kind === 'status') expect(fault.status).toBeOneOf([408, 429, 500, 502, 503, 504]);
      if (fault?.kind === 'forget-part') expect(fault.bytes).toBeGreaterThan(0);
    }
  });
});
