import { describe, expect, it } from 'vitest';
import { parseDependencies, satisfies } from './relation.ts';

describe('parseDependencies', () => {
  it.each([
    [undefined, []],
    ['', []],
    ['libc6', [[{ name: 'libc6' }]]],
    [
      'libc6 (>= 2.34), zlib1g(=1:1.2)',
      [
        [{ name: 'libc6', operator: '>=', version: '2.34' }],
        [{ name: 'zlib1g', operator: '=', version: '1:1.2' }],
      ],
    ],
    [
      'debconf (>= 0.5) | debconf-2.0',
      [[{ name: 'debconf', operator: '>=', version: '0.5' }, { name: 'debconf-2.0' }]],
    ],
    ['perl:any, g++-12 ( << 13 )', [[{ name: 'perl' }], [{ name: 'g++-12', operator: '<<', version: '13' }]]],
    ['a,\n b ,', [[{ name: 'a' }], [{ name: 'b' }]]],
  ])('of %j', (field, expected) => {
    expect(parseDependencies(field)).toEqual(expected);
  });
});

describe('satisfies', () => {
  it.each([
    ['<<', [true, false, false]],
    ['<=', [true, true, false]],
    ['=', [false, true, false]],
    ['>=', [false, true, true]],
    ['>>', [false, false, true]],
  ] as const)('%s 2', (operator, expected) => {
    expect(
      ['1', '2', '3'].map((version) => satisfies(version, { name: 'a', operator, version: '2' })),
    ).toEqual(expected);
  });

  it('anything where no version is asked for', () => {
    expect(satisfies('1', { name: 'a' })).toBe(true);
  });
});
