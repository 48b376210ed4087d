import { describe, expect, it } from 'vitest';
import { matchesInScope, scopeOfKey } from './registry-name.ts';

describe('scopeOfKey', () => {
  it.each([
    ['ghcr.io', 'ghcr.io'],
    ['GHCR.io', 'ghcr.io'],
    ['localhost:5000', 'localhost:5000'],
    ['https://localhost:5000/v1/', 'localhost:5000'],
    ['http://localhost:5000', 'localhost:5000'],
    ['https://index.docker.io/v1/', 'docker.io'],
    ['https://index.docker.io/v2', 'docker.io'],
    ['index.docker.io/v1/', 'docker.io'],
    ['registry-1.docker.io', 'docker.io'],
    ['quay.io/team/secret', 'quay.io/team/secret'],
    ['docker.io/library', 'docker.io/library'],
  ])('of %s is %s', (key, scope) => {
    expect(scopeOfKey(key)).toBe(scope);
  });
});

describe('matchesInScope', () => {
  it('puts the longest prefix of the repository first, by whole names', () => {
    const keys = ['quay.io', 'quay.io/team', 'quay.io/team/book', 'quay.io/team/bookstore', 'quay.io/t'];
    const entries = new Map(keys.map((key) => [key, key]));
    expect(matchesInScope(entries, 'quay.io', 'team/bookstore')).toEqual([
      'quay.io/team/bookstore',
      'quay.io/team',
      'quay.io',
    ]);
  });

  it('prefers, among those for one registry, the one that names it just so', () => {
    const entries = new Map([
      ['https://docker.io/v1/', 1],
      ['https://index.docker.io/v1/', 2],
      ['docker.io', 3],
    ]);
    expect(matchesInScope(entries, 'docker.io', 'library/debian')).toEqual([3, 1, 2]);
  });

  it('mixes up neither ports nor hosts that begin alike', () => {
    const entries = new Map([
      ['example.org', 1],
      ['example.org:5000', 2],
      ['example.org.evil.example', 3],
      ['constructor', 4],
    ]);
    expect(matchesInScope(entries, 'example.org:5000', 'x')).toEqual([2]);
    expect(matchesInScope(entries, 'example.org', 'x')).toEqual([1]);
    expect(matchesInScope(new Map(), 'constructor', 'x')).toEqual([]);
  });
});
