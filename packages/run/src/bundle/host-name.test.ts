import { describe, expect, it } from 'vitest';
import { hostName } from './host-name.ts';

describe('hostName', () => {
  it.each([
    ['bookstore', 'bookstore'],
    ['@shop/books', 'shop-books'],
    ['x'.repeat(100), 'x'.repeat(63)],
    ['***', 'service'],
  ])('makes one of "%s"', (name, expected) => {
    expect(hostName(name)).toBe(expected);
  });
});
