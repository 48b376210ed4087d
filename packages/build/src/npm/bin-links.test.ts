import { expect, test } from 'vitest';
import { lockfileOf } from '../../testing/lockfile-of.ts';
import { targetOf } from '../../testing/target-of.ts';
import { binLinks, linkText } from './bin-links.ts';
import type { LockedPackage } from './locked-package.ts';
import { productionClosure } from './production-closure.ts';

function linksOf(packages: Readonly<Record<string, LockedPackage>>) {
  const lockfile = lockfileOf(packages);
  const closure = productionClosure(lockfile, targetOf('linux/amd64'));
  return binLinks(closure, (location) => lockfile.packages.get(location)).map((bin) => [
    bin.location,
    linkText(bin),
  ]);
}

test('links lie beside their packages, and those of scopes reach over', () => {
  expect(
    linksOf({
      '': { dependencies: { '@s/a': '1', b: '1', lib: '*' }, devDependencies: { dev: '1' } },
      'node_modules/@s/a': { bin: { a: 'bin/a.js' }, dependencies: { inner: '1' } },
      'node_modules/@s/a/node_modules/inner': { bin: { inner: 'cli.js' } },
      'node_modules/b': { bin: { b: './b.js', bb: 'b.js' } },
      'node_modules/dev': { dev: true, bin: { dev: 'dev.js' } },
      'node_modules/lib': { link: true, resolved: 'libs/lib' },
      'libs/lib': { bin: { lib: 'lib.js' } },
    }),
  ).toEqual([
    ['node_modules/.bin/a', '../@s/a/bin/a.js'],
    ['node_modules/.bin/b', '../b/b.js'],
    ['node_modules/.bin/bb', '../b/b.js'],
    ['node_modules/.bin/lib', '../lib/lib.js'],
    ['node_modules/@s/a/node_modules/.bin/inner', '../inner/cli.js'],
  ]);
});

test('the first of two packages has the name, and a package has it before a linked folder', () => {
  expect(
    linksOf({
      '': { dependencies: { c: '1', b: '1', a: '1' } },
      'node_modules/c': { bin: { x: 'c.js' } },
      'node_modules/b': { bin: { x: 'b.js', y: 'b.js' } },
      'node_modules/a': { link: true, resolved: 'a' },
      a: { bin: { x: 'a.js', y: 'a.js' } },
    }),
  ).toEqual([
    ['node_modules/.bin/x', '../b/b.js'],
    ['node_modules/.bin/y', '../b/b.js'],
  ]);
});

test('names and files cannot lead out of their folders', () => {
  expect(
    linksOf({
      '': { dependencies: { a: '1', '@s/b': '1' } },
      'node_modules/a': { bin: { '../../evil': '../../../etc/passwd', 'c:\\d': '.\\win.js', '..': 'x' } },
      'node_modules/@s/b': { bin: 'only.js' },
    }),
  ).toEqual([
    ['node_modules/.bin/b', '../@s/b/only.js'],
    ['node_modules/.bin/d', '../a/win.js'],
    ['node_modules/.bin/evil', '../a/etc/passwd'],
  ]);
});
