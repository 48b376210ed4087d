import { describe, expect, it } from 'vitest';
import { environment } from './environment.ts';

describe('environment', () => {
  it('adds to what the image says, and wins', () => {
    const env = environment(['PATH=/bin', 'A=1', 'URL=http://x/?a=b'], { A: '2', B: '3' });
    expect(Object.fromEntries(env)).toEqual({ PATH: '/bin', A: '2', URL: 'http://x/?a=b', B: '3' });
  });

  it('has a PATH even when the image has none', () => {
    expect(environment([], {}).get('PATH')).toContain('/usr/bin');
  });
});
