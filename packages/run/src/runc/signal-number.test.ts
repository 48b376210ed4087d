import { describe, expect, it } from 'vitest';
import { signalNumber } from './signal-number.ts';

describe('signalNumber', () => {
  it.each([
    [undefined, 15],
    ['SIGTERM', 15],
    ['SIGQUIT', 3],
    ['quit', 3],
    ['10', 10],
    ['SIGRTMIN+3', 37],
    ['SIGRTMIN', 34],
    ['SIGRTMAX-1', 63],
    ['SIGRTMAX', 64],
    ['SIGNONSENSE', 15],
    ['0', 15],
    ['65', 15],
    ['', 15],
  ])('of %s is %i', (text, number) => {
    expect(signalNumber(text)).toBe(number);
  });
});
