import { createRequire } from 'node:module';
import { platforms } from '@catamaran/oci';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { targetOf } from '../../testing/target-of.ts';
import { fitsTarget, isPlatformSpecific } from './fits-target.ts';

type Lists = { readonly os?: string[]; readonly cpu?: string[]; readonly libc?: string[] };
type Environment = { readonly os: string; readonly cpu: string; readonly libc: string };

// What npm itself decides by; it comes with pacote.
const { checkPlatform } = createRequire(import.meta.url)('npm-install-checks') as {
  checkPlatform(target: Lists, force: boolean, environment: Environment): void;
};

function npmTakes(lists: Lists, cpu: string): boolean {
  try {
    checkPlatform(lists, false, { os: 'linux', cpu, libc: 'glibc' });
    return true;
  } catch {
    return false;
  }
}

describe('fitsTarget', () => {
  it('decides as npm does', () => {
    const listOf = (...values: string[]) =>
      fc.array(fc.constantFrom('any', ...values.flatMap((value) => [value, `!${value}`])), { maxLength: 3 });
    const lists = fc.record(
      {
        os: listOf('linux', 'darwin', 'win32'),
        cpu: listOf('x64', 'arm64', 'ia32'),
        libc: listOf('glibc', 'musl'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(lists, (locked) => {
        for (const platform of platforms) {
          const cpu = platform.architecture === 'amd64' ? 'x64' : 'arm64';
          expect(fitsTarget(locked, targetOf(platform))).toBe(npmTakes(locked, cpu));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('names amd64 as npm does, and takes Debian for glibc', () => {
    const fitting = (locked: Lists) =>
      platforms
        .filter((platform) => fitsTarget(locked, targetOf(platform)))
        .map(({ architecture }) => architecture);
    expect(fitting({ cpu: ['x64'] })).toEqual(['amd64']);
    expect(fitting({ os: ['linux'], cpu: ['arm64'], libc: ['glibc'] })).toEqual(['arm64']);
    expect(fitting({ os: ['linux'], libc: ['musl'] })).toEqual([]);
    expect(fitting({ os: ['!win32'] })).toEqual(['amd64', 'arm64']);
  });
});

describe('isPlatformSpecific', () => {
  it.each([
    [{}, false],
    [{ os: [] }, false],
    [{ os: ['linux'] }, true],
    [{ cpu: ['x64'] }, true],
    [{ libc: ['glibc'] }, true],
  ])('of %j is %s', (locked, expected) => {
    expect(isPlatformSpecific(locked)).toBe(expected);
  });
});
