import { parsePlatform } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { lockfileOf } from '../../testing/lockfile-of.ts';
import { targetOf } from '../../testing/target-of.ts';
import type { LockedPackage } from './lockfile.ts';
import { productionClosure } from './production-closure.ts';

const amd64 = parsePlatform('linux/amd64');
const arm64 = parsePlatform('linux/arm64');
type Packages = Readonly<Record<string, LockedPackage>>;
const closure = (packages: Packages, workspace = '', platform = amd64) => [
  ...productionClosure(lockfileOf(packages, workspace), targetOf(platform)).keys(),
];
const binding = (cpu: string): LockedPackage => ({ os: ['linux'], cpu: [cpu] });

describe('productionClosure', () => {
  it('has what dependencies lead to, sorted, and nothing that only development needs', () => {
    const packages: Packages = {
      '': { dependencies: { b: '1', a: '1' }, devDependencies: { dev: '1' } },
      'node_modules/a': { dependencies: { c: '1' }, devDependencies: { dev: '1' } },
      'node_modules/b': { dependencies: { c: '2' } },
      'node_modules/b/node_modules/c': {},
      'node_modules/c': { dependencies: { a: '1' } },
      'node_modules/dev': { dependencies: { 'of-dev': '1' } },
      'node_modules/of-dev': {},
    };
    expect(closure(packages)).toEqual([
      'node_modules/a',
      'node_modules/b',
      'node_modules/b/node_modules/c',
      'node_modules/c',
    ]);
  });

  it('has of optional dependencies those that are there and fit', () => {
    const packages: Packages = {
      '': { optionalDependencies: { mac: '1', x: '1', 'not-there': '1' } },
      'node_modules/mac': { os: ['darwin'], dependencies: { 'of-mac': '1' } },
      'node_modules/of-mac': {},
      'node_modules/x': binding('x64'),
    };
    expect(closure(packages)).toEqual(['node_modules/x']);
  });

  it('takes a dependency that is optional too for optional', () => {
    const packages: Packages = {
      '': { dependencies: { mac: '1' }, optionalDependencies: { mac: '1' } },
      'node_modules/mac': { os: ['darwin'] },
    };
    expect(closure(packages)).toEqual([]);
  });

  it('has peers, but not optional ones that nobody else needs', () => {
    const packages: Packages = {
      '': { dependencies: { plugin: '1' } },
      'node_modules/plugin': {
        peerDependencies: { host: '1', maybe: '1' },
        peerDependenciesMeta: { maybe: { optional: true } },
      },
      'node_modules/host': {},
      'node_modules/maybe': {},
    };
    expect(closure(packages)).toEqual(['node_modules/host', 'node_modules/plugin']);
  });

  it('follows the link to a workspace without listing it', () => {
    const packages: Packages = {
      '': { dependencies: { unrelated: '1' } },
      'apps/shop': { dependencies: { lib: '*' } },
      'libs/lib': { dependencies: { a: '1' }, devDependencies: { unrelated: '1' } },
      'libs/lib/node_modules/a': {},
      'node_modules/a': {},
      'node_modules/lib': { link: true, resolved: 'libs/lib' },
      'node_modules/unrelated': {},
    };
    expect(closure(packages, 'apps/shop')).toEqual(['libs/lib/node_modules/a']);
  });

  it('lists what is bundled, so that importing it is no error', () => {
    const packages: Packages = {
      '': { dependencies: { a: '1' } },
      'node_modules/a': { dependencies: { inner: '1' } },
      'node_modules/a/node_modules/inner': { version: '1.0.0', inBundle: true },
    };
    expect(closure(packages)).toContain('node_modules/a/node_modules/inner');
  });

  it('refuses a lockfile in which something needed is missing', () => {
    const packages: Packages = {
      '': { dependencies: { a: '1' } },
      'node_modules/a': { dependencies: { b: '1' } },
    };
    expect(() => closure(packages)).toThrow(
      expect.objectContaining({
        code: 'CATA_LOCKFILE_INCOMPLETE',
        message: '"/project/package-lock.json" has no "b", which node_modules/a depends on.',
      }),
    );
    expect(() => closure({ '': { dependencies: { a: '1' } } })).toThrow('has no "a", which the project');
  });

  it('refuses a package that is needed and not for the platform', () => {
    const packages: Packages = { '': { dependencies: { a: '1' } }, 'node_modules/a': { cpu: ['x64'] } };
    expect(closure(packages)).toEqual(['node_modules/a']);
    expect(() => closure(packages, '', arm64)).toThrow(
      expect.objectContaining({
        code: 'CATA_PACKAGE_NOT_FOR_PLATFORM',
        message: 'The package "a" is needed, and says that it does not run on linux/arm64.',
      }),
    );
  });
});

describe('a package with one binding per platform', () => {
  const bindings = { 'native-x64': '1', 'native-arm64': '1', 'native-musl': '1', 'native-mac': '1' };
  const whole: Packages = {
    '': { name: 'shop', dependencies: { native: '1' } },
    'node_modules/native': { optionalDependencies: bindings },
    'node_modules/native-x64': { ...binding('x64'), libc: ['glibc'] },
    'node_modules/native-arm64': { ...binding('arm64'), libc: ['glibc'] },
    'node_modules/native-musl': { ...binding('x64'), libc: ['musl'] },
    'node_modules/native-mac': { os: ['darwin'] },
  };
  const without = (packages: Packages, ...names: string[]) =>
    Object.fromEntries(Object.entries(packages).filter(([location]) => !names.includes(location)));

  it('brings the one of the platform', () => {
    expect(closure(whole)).toEqual(['node_modules/native', 'node_modules/native-x64']);
    expect(closure(whole, '', arm64)).toEqual(['node_modules/native', 'node_modules/native-arm64']);
  });

  it('is refused when npm has pruned that one, and says what there is', () => {
    const pruned = without(whole, 'node_modules/native-arm64');
    expect(closure(pruned)).toContain('node_modules/native-x64');
    expect(() => closure(pruned, '', arm64)).toThrow(
      expect.objectContaining({
        code: 'CATA_NATIVE_PACKAGE_MISSING',
        message:
          '"native" needs a package of its own for linux/arm64, and "/project/package-lock.json" has none; it has: native-x64, native-musl.',
      }),
    );
  });

  it('is left in peace when none of its bindings is for Linux, or none is for a platform', () => {
    const locations = ['node_modules/native-x64', 'node_modules/native-arm64', 'node_modules/native-musl'];
    expect(closure(without(whole, ...locations))).toEqual(['node_modules/native']);
    const packages = { ...without(whole, ...locations), 'node_modules/native-x64': {} };
    expect(closure(packages, '', arm64)).toContain('node_modules/native-x64');
  });

  it('may be the project itself, which is then named as it names itself', () => {
    const pruned: Packages = {
      'apps/shop': { name: '@books/shop', optionalDependencies: bindings },
      'node_modules/native-x64': binding('x64'),
    };
    expect(() => closure(pruned, 'apps/shop', arm64)).toThrow('"@books/shop" needs a package of its own');
    expect(() =>
      closure({ ...pruned, 'apps/shop': { optionalDependencies: bindings } }, 'apps/shop', arm64),
    ).toThrow('"apps/shop" needs a package of its own');
  });
});
