import { describe, expect, it } from 'vitest';
import { lockfileOf } from '../../testing/lockfile-of.ts';
import { targetOf } from '../../testing/target-of.ts';
import type { Libc, Target } from '../target/target.ts';
import type { LockedPackage } from './locked-package.ts';
import { platformGaps } from './platform-gaps.ts';
import { productionClosure } from './production-closure.ts';

type Packages = Readonly<Record<string, LockedPackage>>;
const amd64 = targetOf('linux/amd64');
const arm64 = targetOf('linux/arm64');
const muslArm64 = targetOf('linux/arm64', 'musl');

function gaps(packages: Packages, target: Target, workspace = '') {
  const lockfile = lockfileOf(packages, workspace);
  return platformGaps(lockfile, productionClosure(lockfile, target), target);
}

/** What a platform package says of itself, by its name. */
function platformPackage(name: string, libc?: Libc): LockedPackage {
  const os = name.includes('darwin') ? 'darwin' : name.includes('win32') ? 'win32' : 'linux';
  return { os: [os], cpu: [name.includes('arm64') ? 'arm64' : 'x64'], ...(libc ? { libc: [libc] } : {}) };
}

/** A package with platform packages of which the lockfile has some. */
function locked(
  names: readonly string[],
  present: readonly string[],
  libcOf: (name: string) => Libc | undefined = () => undefined,
): Packages {
  return {
    '': { dependencies: { tool: '1' } },
    'node_modules/tool': { optionalDependencies: Object.fromEntries(names.map((name) => [name, '1.0.0'])) },
    ...Object.fromEntries(
      present.map((name) => [`node_modules/${name}`, platformPackage(name, libcOf(name))]),
    ),
  };
}

const esbuild = [
  '@esbuild/linux-x64',
  '@esbuild/linux-arm64',
  '@esbuild/linux-arm',
  '@esbuild/darwin-arm64',
  '@esbuild/win32-x64',
  '@esbuild/android-arm64',
];
const rollup = [
  '@r/linux-x64-gnu',
  '@r/linux-x64-musl',
  '@r/linux-arm64-gnu',
  '@r/linux-arm64-musl',
  '@r/linux-arm-gnueabihf',
  '@r/darwin-x64',
];
const sharp = [
  '@img/sharp-linux-x64',
  '@img/sharp-linux-arm64',
  '@img/sharp-linuxmusl-x64',
  '@img/sharp-linuxmusl-arm64',
  '@img/sharp-wasm32',
];
const rollupLibc = (name: string): Libc | undefined =>
  name.endsWith('gnu') ? 'glibc' : name.endsWith('musl') ? 'musl' : undefined;
const sharpLibc = (name: string): Libc => (name.includes('musl') ? 'musl' : 'glibc');

describe('what npm has pruned is missed', () => {
  it.each([
    [
      'all but those of x64 Linux, so that nothing is left to compare with',
      locked(esbuild, ['@esbuild/linux-x64']),
      arm64,
      ['@esbuild/linux-arm64'],
    ],
    [
      'all but those of an Apple machine',
      locked(esbuild, ['@esbuild/darwin-arm64']),
      amd64,
      ['@esbuild/linux-x64'],
    ],
    ['all of them', locked(esbuild, []), amd64, ['@esbuild/linux-x64']],
    [
      'all but those of glibc',
      locked(rollup, ['@r/linux-arm64-gnu'], rollupLibc),
      muslArm64,
      ['@r/linux-arm64-musl'],
    ],
    [
      'all but those of musl',
      locked(rollup, ['@r/linux-arm64-musl'], rollupLibc),
      arm64,
      ['@r/linux-arm64-gnu'],
    ],
    [
      'all but glibc’s, where names say nothing of it',
      locked(sharp, ['@img/sharp-linux-arm64'], sharpLibc),
      muslArm64,
      ['@img/sharp-linuxmusl-arm64'],
    ],
    ['those for any C library', locked(esbuild, ['@esbuild/linux-x64']), muslArm64, ['@esbuild/linux-arm64']],
    [
      'old names',
      locked(['turbo-linux-64', 'turbo-linux-arm64', 'turbo-darwin-64'], ['turbo-linux-arm64']),
      amd64,
      ['turbo-linux-64'],
    ],
    [
      'names of another sort',
      locked(['t-x86_64-linux-gnu', 't-aarch64-linux-gnu'], []),
      arm64,
      ['t-aarch64-linux-gnu'],
    ],
    [
      'names without a system',
      locked(['native-x64', 'native-arm64'], ['native-x64']),
      arm64,
      ['native-arm64'],
    ],
  ])('%s', (_, packages, target, pruned) => {
    expect(gaps(packages, target)).toMatchObject([{ name: 'tool', pruned }]);
  });

  it('of one that lies inside another package, though another version lies further up', () => {
    const packages: Packages = {
      '': { dependencies: { top: '1', tool: '2' } },
      'node_modules/tool': {
        version: '2.0.0',
        optionalDependencies: { 'tool-linux-x64': '2.0.0', 'tool-linux-arm64': '2.0.0' },
      },
      'node_modules/tool-linux-x64': { version: '2.0.0', ...platformPackage('x64') },
      'node_modules/tool-linux-arm64': { version: '2.0.0', ...platformPackage('arm64') },
      'node_modules/top': { dependencies: { tool: '1' } },
      'node_modules/top/node_modules/tool': {
        optionalDependencies: { 'tool-linux-x64': '1.0.0', 'tool-linux-arm64': '1.0.0' },
      },
      'node_modules/top/node_modules/tool-linux-x64': platformPackage('x64'),
    };
    expect(gaps(packages, amd64)).toEqual([]);
    expect(gaps(packages, arm64)).toMatchObject([{ name: 'tool', pruned: ['tool-linux-arm64'] }]);
    const nested = {
      ...packages,
      'node_modules/top/node_modules/tool-linux-arm64': platformPackage('arm64'),
    };
    expect(gaps(nested, arm64)).toEqual([]);
  });

  it('of the project itself, which is named as it names itself', () => {
    const optionalDependencies = { 'n-linux-x64': '1', 'n-linux-arm64': '1' };
    const packages: Packages = {
      'apps/shop': { optionalDependencies },
      'node_modules/n-linux-x64': platformPackage('x64'),
    };
    expect(gaps(packages, arm64, 'apps/shop')).toMatchObject([{ name: 'apps/shop' }]);
    const named = { ...packages, 'apps/shop': { name: '@books/shop', optionalDependencies } };
    expect(gaps(named, arm64, 'apps/shop')).toMatchObject([{ name: '@books/shop' }]);
  });
});

describe('what a package never had', () => {
  it.each([
    [
      'musl',
      locked(
        ['t-linux-x64-gnu', 't-linux-arm64-gnu'],
        ['t-linux-x64-gnu', 't-linux-arm64-gnu'],
        () => 'glibc',
      ),
      muslArm64,
    ],
    [
      'musl, and its names do not say that',
      locked(['t-linux-x64', 't-linux-arm64'], ['t-linux-x64', 't-linux-arm64'], () => 'glibc'),
      muslArm64,
    ],
    ['arm64', locked(['t-linux-x64', 't-darwin-arm64'], ['t-linux-x64', 't-darwin-arm64']), arm64],
    [
      'arm64, while those for other systems are pruned',
      locked(['t-linux-x64', 't-darwin-arm64'], ['t-linux-x64']),
      arm64,
    ],
  ])('is no error, but told: %s', (_, packages, target) => {
    const [gap, ...more] = gaps(packages, target);
    expect(gap).toMatchObject({ name: 'tool', pruned: [] });
    expect(gap?.present).toContain(
      Object.keys(packages).includes('node_modules/t-linux-x64') ? 't-linux-x64' : 't-linux-x64-gnu',
    );
    expect(more).toEqual([]);
  });
});

describe('no gap', () => {
  it.each([
    ['the package for the target is there', locked(esbuild, esbuild)],
    ['it is, and all others are pruned', locked(esbuild, ['@esbuild/linux-arm64'])],
    [
      'it does not say what it is for',
      { ...locked(['t-linux-arm64'], []), 'node_modules/t-linux-arm64': {} },
    ],
    [
      'all optional packages are for other systems',
      locked(['fsevents-darwin', 't-win32-x64'], ['t-win32-x64']),
    ],
    [
      'optional packages are for any platform',
      { ...locked(['plain', 'gone'], []), 'node_modules/plain': {} },
    ],
    [
      'one without a name for it runs there',
      { ...locked(['n-a', 'n-b'], []), 'node_modules/n-a': platformPackage('arm64') },
    ],
    ['one of several for it is there', locked(['t-linux-arm64', 't-linux-arm64-slow'], ['t-linux-arm64'])],
  ] as [string, Packages][])('where %s', (_, packages) => {
    expect(gaps(packages, arm64)).toEqual([]);
  });
});
