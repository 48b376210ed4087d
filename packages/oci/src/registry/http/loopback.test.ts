import { describe, expect, it } from 'vitest';
import { isLoopback } from './loopback.ts';

describe('isLoopback', () => {
  it.each(['localhost', 'LOCALHOST:5000', '127.0.0.1', '127.9.8.7:1', '[::1]:5000', '[0:0::1]'])(
    'is true of %s',
    (host) => {
      expect(isLoopback(host)).toBe(true);
    },
  );

  it.each([
    'localhost.example',
    'a.localhost',
    '127.0.0.1.example',
    '128.0.0.1',
    '10.0.0.1:127',
    '[::2]',
    '[::ffff:1.2.3.4]',
    '0.0.0.0',
  ])('is false of %s', (host) => {
    expect(isLoopback(host)).toBe(false);
  });
});
