import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requirePrograms } from '../../../testing/require-programs.ts';
import { compareVersions } from './compare-versions.ts';

const upstream = fc.stringMatching(/^[0-9][A-Za-z0-9.+~]{0,7}$/);
const revision = fc.stringMatching(/^[A-Za-z0-9.+~]{1,4}$/);
const version = fc
  .tuple(fc.option(fc.nat(2)), upstream, fc.option(revision), fc.boolean())
  .map(([epoch, main, last, hyphenInside]) => {
    const inside = last !== null && hyphenInside ? `${main}-1` : main;
    return `${epoch === null ? '' : `${epoch}:`}${inside}${last === null ? '' : `-${last}`}`;
  });
/** Often the same but for a little, as real versions are. */
const pair = fc.oneof(
  fc.tuple(version, version),
  fc
    .tuple(version, fc.constantFrom('', '~', '+', '0', 'a', '.', '~~', '00'))
    .map(([a, tail]) => [a, a + tail]),
);

describe('compareVersions', () => {
  it.each([
    ['1.0', '1.0', 0],
    ['1.0', '1.00', 0],
    ['1.0-0', '1.0', 0],
    ['0:1.0', '1.0', 0],
    ['1.0', '1.1', -1],
    ['1.9', '1.10', -1],
    ['1:0.1', '9.9', 1],
    ['1.0~rc1', '1.0', -1],
    ['1.0~~', '1.0~', -1],
    ['1.0', '1.0+b1', -1],
    ['1.0a', '1.0+', -1],
    ['1.0-1', '1.0-1+deb12u1', -1],
    ['1.0-1-1', '1.0-1', 1],
    ['2.36-9+deb12u10', '2.36-9+deb12u9', 1],
    ['99999999999999999999998', '99999999999999999999999', -1],
  ])('of %s and %s', (a, b, expected) => {
    expect(Math.sign(compareVersions(a, b))).toBe(expected);
    expect(Math.sign(compareVersions(b, a)) + expected).toBe(0);
  });

  it('is an order', () => {
    fc.assert(
      fc.property(version, version, version, (...versions) => {
        const [a, b, c] = versions.toSorted(compareVersions) as [string, string, string];
        expect(compareVersions(a, a)).toBe(0);
        expect(compareVersions(a, b)).toBeLessThanOrEqual(0);
        expect(compareVersions(b, c)).toBeLessThanOrEqual(0);
        expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
        expect(Math.sign(compareVersions(b, a))).toBe(-Math.sign(compareVersions(a, b)) + 0);
      }),
      { numRuns: 1000 },
    );
  });

  it.skipIf(!requirePrograms('dpkg'))('is that of dpkg', () => {
    const pairs = fc.sample(pair, 400);
    // Three questions are two too many: what is neither older nor newer is the same.
    const script =
      'while read a b; do if dpkg --compare-versions "$a" lt "$b"; then echo -1; elif dpkg --compare-versions "$a" gt "$b"; then echo 1; else echo 0; fi; done';
    const input = pairs.map(([a, b]) => `${a} ${b}\n`).join('');
    const answers = execFileSync('sh', ['-c', script], { input, encoding: 'utf8' }).trim().split('\n');
    const ours = pairs.map(([a = '', b = '']) => `${a} ${b} ${Math.sign(compareVersions(a, b))}`);
    expect(ours).toEqual(pairs.map(([a, b], at) => `${a} ${b} ${answers[at]}`));
  });
});
