import { rmSync } from 'node:fs';
import { parsePlatform } from '@catamaran/oci';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { arbitraryTree } from '../../testing/arbitrary-tree.ts';
import { lockfileOf } from '../../testing/lockfile-of.ts';
import { locationsByNpm, lockedByNpm } from '../../testing/npm-tree.ts';
import { targetOf } from '../../testing/target-of.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import type { Libc } from '../target/target.ts';
import type { LockedPackage } from './locked-package.ts';
import { productionClosure } from './production-closure.ts';

const amd64 = parsePlatform('linux/amd64');
const arm64 = parsePlatform('linux/arm64');
type Packages = Readonly<Record<string, LockedPackage>>;
const closure = (packages: Packages, workspace = '', platform = amd64) => [
  ...productionClosure(lockfileOf(packages, workspace), targetOf(platform)).packages.keys(),
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

  it('goes by the name of an optional package where nothing else says its C library', () => {
    const packages: Packages = {
      '': { dependencies: { database: '1', musl: '1' } },
      'node_modules/database': {
        optionalDependencies: { 'database-linux-x64-gnu': '1', 'database-linux-x64-musl': '1' },
      },
      'node_modules/database-linux-x64-gnu': binding('x64'),
      'node_modules/database-linux-x64-musl': binding('x64'),
      'node_modules/musl': {},
    };
    const on = (libc: Libc) => [
      ...productionClosure(lockfileOf(packages), targetOf(amd64, libc)).packages.keys(),
    ];
    expect(on('glibc')).toEqual([
      'node_modules/database',
      'node_modules/database-linux-x64-gnu',
      'node_modules/musl',
    ]);
    expect(on('musl')).toEqual([
      'node_modules/database',
      'node_modules/database-linux-x64-musl',
      'node_modules/musl',
    ]);
  });

  it('takes a dependency that is optional too for optional', () => {
    const packages: Packages = {
      '': { dependencies: { mac: '1' }, optionalDependencies: { mac: '1' } },
      'node_modules/mac': { os: ['darwin'] },
    };
    expect(closure(packages)).toEqual([]);
  });

  it('has peers, and optional ones where they are there', () => {
    const packages: Packages = {
      '': { dependencies: { plugin: '1' } },
      'node_modules/plugin': {
        peerDependencies: { host: '1', maybe: '1', absent: '1' },
        peerDependenciesMeta: { maybe: { optional: true }, absent: { optional: true } },
      },
      'node_modules/host': {},
      'node_modules/maybe': {},
    };
    expect(closure(packages)).toEqual(['node_modules/host', 'node_modules/maybe', 'node_modules/plugin']);
  });

  it('tells of a peer that nobody installed, as with legacy-peer-deps, and leaves out one that only development has', () => {
    const packages: Packages = {
      '': { dependencies: { plugin: '1' }, devDependencies: { host: '1' } },
      'node_modules/plugin': { peerDependencies: { host: '^1.0.0', missing: '^2.0.0' } },
      'node_modules/host': { dev: true },
    };
    const { packages: found, missingPeers } = productionClosure(lockfileOf(packages), targetOf(amd64));
    expect([...found.keys()]).toEqual(['node_modules/plugin']);
    expect(missingPeers).toEqual([{ from: 'plugin', name: 'missing', wanted: '^2.0.0' }]);
  });

  it('leaves out what is optional and needs what does not run there, with all that only that needs', () => {
    const packages: Packages = {
      '': { optionalDependencies: { a: '1', engine: '1' }, dependencies: { c: '1' } },
      'node_modules/a': { dependencies: { b: '1', shared: '1', own: '1' } },
      'node_modules/b': { dependencies: { mac: '1', a: '1' } },
      'node_modules/mac': { os: ['darwin'] },
      'node_modules/own': {},
      'node_modules/shared': {},
      'node_modules/c': { dependencies: { shared: '1' } },
      'node_modules/engine': { optional: true, engines: { node: '>=99' } },
    };
    expect(closure(packages)).toEqual(['node_modules/c', 'node_modules/shared']);
    expect(closure({ ...packages, 'node_modules/mac': {} })).toEqual([
      'node_modules/a',
      'node_modules/b',
      'node_modules/c',
      'node_modules/mac',
      'node_modules/own',
      'node_modules/shared',
    ]);
  });

  it('follows the link to a workspace, which is no package', () => {
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
    const { links } = productionClosure(lockfileOf(packages, 'apps/shop'), targetOf(amd64));
    expect([...links]).toEqual([['node_modules/lib', 'libs/lib']]);
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

test('the closure of any tree is what npm installs', { timeout: 60_000 }, async () => {
  const target = targetOf('linux/amd64');
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryTree, async (packages) => {
      const folder = temporaryFolder();
      const locked = await lockedByNpm(folder, packages);
      // What npm would not install on this machine either is not compared.
      const npms = await locationsByNpm(folder, target).catch(() => undefined);
      rmSync(folder, { recursive: true });
      if (!npms) return;
      try {
        expect([...productionClosure(lockfileOf(locked), target).packages.keys()]).toEqual(npms);
        compared++;
      } catch (error) {
        // npm only asks whether what is needed runs on this machine.
        if ((error as { code?: string }).code !== 'CATA_PACKAGE_NOT_FOR_PLATFORM') throw error;
      }
    }),
    { numRuns: 150 },
  );
  expect(compared).toBeGreaterThan(50);
});
