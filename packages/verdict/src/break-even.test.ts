import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakEven } from './break-even.ts';
import { euWest1 } from './price-list.ts';

const unitPrices = fc.record({
  vcpuHour: fc.double({ min: 0.001, max: 1, noNaN: true }),
  gbHour: fc.double({ min: 0.001, max: 1, noNaN: true }),
});
const sizes = fc.record({
  vcpu: fc.constantFrom(0.25, 0.5, 1, 2, 4, 8, 16),
  memoryMiB: fc.constantFrom(512, 1024, 2048, 8192, 122_880),
});

describe('breakEven', () => {
  it('agrees with the calculation by hand for 0.5 vCPU and 1 GiB', () => {
    const result = breakEven(euWest1, { vcpu: 0.5, memoryMiB: 1024 });
    expect(result.amd64UsdPerHour).toBeCloseTo(0.024685, 12);
    expect(result.arm64UsdPerHour).toBeCloseTo(0.01975, 12);
    expect(result.priceRatio.toFixed(3)).toBe('0.800');
    expect(result.slowdownPercent.toFixed(1)).toBe('25.0');
    expect(result.text).toBe(
      'At eu-west-1 list prices (2026-09) a task of 0.5 vCPU and 1 GiB costs $0.024685 per hour on amd64 and ' +
        '$0.019750 on arm64, a ratio of 0.800. arm64 costs less per request unless it serves fewer than 80.0 % ' +
        "of amd64's requests per second; for a service limited by its CPU, unless it needs more than 25.0 % more " +
        'CPU time per request.',
    );
  });

  it('turns the condition round where arm64 is the dearer one', () => {
    const dearer = { ...euWest1, amd64: euWest1.arm64, arm64: euWest1.amd64 };
    const result = breakEven(dearer, { vcpu: 0.5, memoryMiB: 1024 });
    expect(result.slowdownPercent.toFixed(1)).toBe('-20.0');
    expect(result.text).toContain(
      "only if it serves more than 125.0 % of amd64's requests per second; for a service limited by its CPU, if " +
        'it needs at least 20.0 % less CPU time per request.',
    );
  });

  it('makes a request cost the same on both at the break-even', () => {
    const property = fc.property(unitPrices, unitPrices, sizes, (amd64, arm64, size) => {
      const result = breakEven({ ...euWest1, amd64, arm64 }, size);
      const amd64Cost = result.amd64UsdPerHour / 100;
      expect(result.arm64UsdPerHour / (100 * result.throughputRatio)).toBeCloseTo(amd64Cost, 10);
      // CPU time per request and requests per CPU-second are each other's inverse.
      expect((1 + result.slowdownPercent / 100) * result.throughputRatio).toBeCloseTo(1, 10);
    });
    fc.assert(property);
  });

  it('does not depend on how many tasks there are', () => {
    const small = breakEven(euWest1, { vcpu: 0.5, memoryMiB: 1024 });
    const large = breakEven(euWest1, { vcpu: 4, memoryMiB: 8192 });
    expect(large.priceRatio).toBeCloseTo(small.priceRatio, 12);
  });
});
