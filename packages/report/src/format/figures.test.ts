import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatDuration,
  formatInstant,
  formatMs,
  formatRate,
  formatShare,
  formatSignificant,
} from './figures.ts';

describe('figures', () => {
  it.each([
    [0, '0'],
    [0.0421, '0.042'],
    [0.2139, '0.214'],
    [2.136, '2.14'],
    [9.996, '10.0'],
    [41.27, '41.3'],
    [99.96, '100'],
    [999.7, '1,000'],
    [12_340.4, '12,340'],
  ])('writes %d with three digits that count: %s', (value, text) => {
    expect(formatSignificant(value)).toBe(text);
  });

  it('is never off by more than half a percent, or half a thousandth', () => {
    const property = fc.property(fc.double({ min: 0, max: 1e7, noNaN: true }), (value) => {
      const shown = Number(formatSignificant(value).replaceAll(',', ''));
      expect(Math.abs(shown - value)).toBeLessThanOrEqual(Math.max(0.00051, value * 0.0051));
    });
    fc.assert(property);
  });

  it('writes microseconds as milliseconds', () => expect(formatMs(2136)).toBe('2.14'));

  it.each([
    [0, '0 %'],
    [0.000001, '< 0.01 %'],
    [0.00104, '0.10 %'],
    [0.0834, '8.34 %'],
    [0.834, '83.4 %'],
  ])('writes a share of %d as %s', (share, text) => expect(formatShare(share)).toBe(text));

  it.each([
    [412, '412 ms'],
    [6980, '6.98 s'],
    [30_000, '30 s'],
    [59_980, '60 s'],
    [60_000, '1 min'],
    [200_000, '3 min 20 s'],
    [3_900_000, '1 h 5 min'],
  ])('writes %d ms as %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

  it.each([
    [0, '0 B'],
    [1023, '1,023 B'],
    [74_711_040, '71.3 MiB'],
    [8_323_166_208, '7.75 GiB'],
  ])('writes %d bytes as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it('shows that a rate was not quite reached', () => expect(formatRate(49.974)).toBe('49.97'));

  it('writes times in UTC', () => {
    expect(formatInstant('2026-11-21T07:40:12+02:00')).toBe('2026-11-21 05:40 UTC');
  });
});
