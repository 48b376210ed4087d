import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parsePlatform } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { lockfileOf } from '../../testing/lockfile-of.ts';
import { targetOf } from '../../testing/target-of.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { writeFiles } from '../../testing/write-files.ts';
import type { LockedPackage } from '../npm/locked-package.ts';
import { dependencyPlaces } from './dependency-places.ts';

const amd64 = parsePlatform('linux/amd64');
const arm64 = parsePlatform('linux/arm64');
type Packages = Readonly<Record<string, LockedPackage>>;

const native: Packages = {
  '': { dependencies: { plain: '1', native: '1' } },
  'node_modules/plain': {
    version: '2.0.0',
    integrity: 'sha512-BB==',
    resolved: 'http://mirror.test/plain.tgz',
  },
  'node_modules/native': {
    dependencies: { 'needed-by-both': '1' },
    optionalDependencies: { 'native-x64': '1', 'native-arm64': '1' },
  },
  'node_modules/needed-by-both': {},
  'node_modules/native-x64': { os: ['linux'], cpu: ['x64'], dependencies: { 'only-x64': '1' } },
  'node_modules/native-arm64': { os: ['linux'], cpu: ['arm64'] },
  'node_modules/only-x64': {},
};

function paths(packages: Packages, platform = amd64) {
  const places = dependencyPlaces(lockfileOf(packages), targetOf(platform), {}).packages;
  const of = (wanted: boolean) =>
    places
      .filter(({ isEverywhere }) => isEverywhere === wanted)
      .map(({ path }) => path.replace('app/node_modules/', ''));
  return { everywhere: of(true), here: of(false) };
}

describe('dependencyPlaces', () => {
  it('has the same packages everywhere, and on each platform those of its own', () => {
    expect(paths(native)).toEqual({
      everywhere: ['native', 'needed-by-both', 'plain'],
      here: ['native-x64', 'only-x64'],
    });
    expect(paths(native, arm64)).toEqual({ everywhere: paths(native).everywhere, here: ['native-arm64'] });
  });

  it('takes a package that names platforms for one of its own, though it fits on all', () => {
    const packages: Packages = {
      '': { dependencies: { a: '1' } },
      'node_modules/a': { os: ['linux'], cpu: ['x64', 'arm64'] },
    };
    expect(paths(packages)).toEqual({ everywhere: [], here: ['a'] });
  });

  it('can be made for one platform when the project does not run on the other', () => {
    const packages: Packages = {
      '': { dependencies: { a: '1', b: '1' } },
      'node_modules/a': { cpu: ['x64'] },
      'node_modules/b': {},
    };
    expect(paths(packages)).toEqual({ everywhere: ['b'], here: ['a'] });
    expect(() => paths(packages, arm64)).toThrow(
      expect.objectContaining({ code: 'CATA_PACKAGE_NOT_FOR_PLATFORM' }),
    );
  });

  it('says where each package goes, and where it comes from', () => {
    const lockfile = lockfileOf(
      {
        'apps/shop': { dependencies: { a: '1', alias: '1' } },
        'apps/shop/node_modules/a': {},
        'node_modules/alias': {
          name: '@real/name',
          version: '3.0.0',
          resolved: 'http://mirror.test/name.tgz',
        },
      },
      'apps/shop',
    );
    expect(dependencyPlaces(lockfile, targetOf(amd64), {}).packages).toMatchObject([
      {
        path: 'app/apps/shop/node_modules/a',
        location: 'apps/shop/node_modules/a',
        name: 'a',
        version: '1.0.0',
        integrity: 'sha512-AA==',
      },
      {
        path: 'app/node_modules/alias',
        name: '@real/name',
        version: '3.0.0',
        integrity: 'sha512-AA==',
        resolved: 'http://mirror.test/name.tgz',
      },
    ]);
  });

  it('leaves out what another package bundles, but not what the project itself does', () => {
    const packages: Packages = {
      '': { dependencies: { a: '1', b: '1' } },
      'node_modules/a': { dependencies: { inner: '1' } },
      'node_modules/a/node_modules/inner': { version: '1.0.0', inBundle: true },
      // As npm 11 writes a package that is in the project's own bundleDependencies.
      'node_modules/b': { version: '1.0.0', integrity: 'sha512-BB==', inBundle: true },
    };
    expect(paths(packages).everywhere).toEqual(['a', 'b']);
  });

  it('says which packages have an install script, and which packages of its platform it finds', () => {
    const packages: Packages = {
      '': { dependencies: { a: '1' } },
      'node_modules/a': { hasInstallScript: true, optionalDependencies: { x64: '1', arm: '1', plain: '1' } },
      'node_modules/a/node_modules/x64': { os: ['linux'], cpu: ['x64'] },
      'node_modules/arm': { os: ['linux'], cpu: ['arm64'] },
      'node_modules/plain': {},
    };
    const [found] = dependencyPlaces(lockfileOf(packages), targetOf(arm64), {}).packages;
    expect(found).toMatchObject({
      location: 'node_modules/a',
      hasInstallScript: true,
      platformPackages: ['arm'],
    });
  });

  it('does not mind an install script on another platform', () => {
    const packages: Packages = {
      '': { optionalDependencies: { mac: '1', arm: '1' } },
      'node_modules/mac': { os: ['darwin'], hasInstallScript: true },
      'node_modules/arm': { os: ['linux'], cpu: ['arm64', 'x64'] },
    };
    expect(paths(packages).here).toEqual(['arm']);
  });

  it('says of each package what kind of source it has', () => {
    const root = writeFiles(temporaryFolder(), { 'vendor/t.tgz': 'x', 'vendor/folder/package.json': {} });
    const lockfile = lockfileOf(
      {
        '': { dependencies: { g: '1', h: '1', t: '1', f: '1', u: '1', r: '1', n: '1' } },
        'node_modules/g': { integrity: undefined, resolved: 'git+ssh://git@host.test/a.git#0' },
        'node_modules/h': { integrity: undefined, resolved: 'git://host.test/a.git#0' },
        'node_modules/t': { resolved: 'file:vendor/t.tgz' },
        'node_modules/f': { integrity: undefined, resolved: 'file:vendor/folder' },
        'node_modules/u': { integrity: undefined, resolved: 'https://host.test/u.tgz' },
        'node_modules/r': {},
        'node_modules/n': { integrity: undefined },
      },
      '',
      root,
    );
    const { packages, folders } = dependencyPlaces(lockfile, targetOf(amd64), { g: 'skip' });
    expect(
      packages.map(({ name, kind, resolved, isTakenUnprepared }) => [
        name,
        kind,
        resolved,
        isTakenUnprepared,
      ]),
    ).toEqual([
      ['g', 'git', 'git+ssh://git@host.test/a.git#0', true],
      ['h', 'git', 'git://host.test/a.git#0', false],
      ['n', 'registry', undefined, false],
      ['r', 'registry', undefined, false],
      ['t', 'file', pathToFileURL(join(root, 'vendor/t.tgz')).href, false],
      ['u', 'address', 'https://host.test/u.tgz', false],
    ]);
    expect([...folders]).toEqual([['node_modules/f', join(root, 'vendor/folder')]]);
  });

  it.each([
    ['CATA_PACKAGE_SOURCE_UNKNOWN', 'from "ftp://host.test/a.tgz"', { resolved: 'ftp://host.test/a.tgz' }],
    ['CATA_PACKAGE_SOURCE_UNKNOWN', '"a" from "nothing"', { version: undefined }],
    ['CATA_PACKAGE_FILE_MISSING', '/project/gone.tgz', { integrity: undefined, resolved: 'file:gone.tgz' }],
  ])('refuses with %s what comes %s', (code, text, locked) => {
    const lockfile = lockfileOf({ '': { dependencies: { a: '1' } }, 'node_modules/a': locked });
    expect(() => dependencyPlaces(lockfile, targetOf(amd64), {})).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(text) }),
    );
  });

  it('says which files of a package commands stand for, also those of what it bundles', () => {
    const lockfile = lockfileOf({
      '': { dependencies: { a: '1', b: '1' } },
      'node_modules/a': { bin: { a: 'cli.js', b: 'b.js' }, dependencies: { inner: '1', own: '1' } },
      'node_modules/a/node_modules/inner': { inBundle: true, bin: { inner: './bin/inner' } },
      'node_modules/a/node_modules/own': { bin: { own: 'own.js' } },
      // npm links the command of "a", which comes first.
      'node_modules/b': { bin: { b: 'other.js' } },
    });
    const { packages } = dependencyPlaces(lockfile, targetOf(amd64), {});
    expect(packages.map(({ location, executables }) => [location, executables])).toEqual([
      ['node_modules/a', ['b.js', 'cli.js', 'node_modules/inner/bin/inner']],
      ['node_modules/a/node_modules/own', ['own.js']],
      ['node_modules/b', []],
    ]);
  });
});
