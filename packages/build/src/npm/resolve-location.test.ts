import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lockfileOf } from '../../testing/lockfile-of.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { writeFiles } from '../../testing/write-files.ts';
import { packageName, resolveLocation } from './resolve-location.ts';

describe('resolveLocation', () => {
  const lockfile = lockfileOf({
    '': {},
    'apps/shop': {},
    'apps/shop/node_modules/own': {},
    'node_modules/own': {},
    'node_modules/shared': {},
    'node_modules/@scope/outer': {},
    'node_modules/@scope/outer/node_modules/shared': {},
    'node_modules/@scope/outer/node_modules/@scope/inner': {},
  });

  it.each([
    ['', 'shared', 'node_modules/shared'],
    ['node_modules/shared', 'own', 'node_modules/own'],
    ['apps/shop', 'own', 'apps/shop/node_modules/own'],
    ['apps/shop/src/deep', 'own', 'apps/shop/node_modules/own'],
    ['apps/shop', 'shared', 'node_modules/shared'],
    ['apps', 'own', 'node_modules/own'],
    ['node_modules/@scope/outer', 'shared', 'node_modules/@scope/outer/node_modules/shared'],
    [
      'node_modules/@scope/outer/node_modules/@scope/inner',
      'shared',
      'node_modules/@scope/outer/node_modules/shared',
    ],
    ['node_modules/@scope/outer/node_modules/shared', '@scope/outer', 'node_modules/@scope/outer'],
    ['', '@scope/inner', undefined],
    ['node_modules/shared', '@scope/inner', undefined],
  ])('from "%s" finds %s at %s', (from, name, expected) => {
    expect(resolveLocation(lockfile, from, name)?.location).toBe(expected);
  });

  it('answers as Node does', () => {
    const name = fc.constantFrom('a', 'b', 'c', '@s/a', '@s/b');
    const start = fc.constantFrom('', 'apps/shop', 'apps/shop/src', 'node_modules_not/x');
    const location = fc
      .tuple(start, fc.array(name, { minLength: 1, maxLength: 3 }))
      .map(([top, names]) => [top, ...names.map((one) => `node_modules/${one}`)].filter(Boolean).join('/'));
    const tree = fc.uniqueArray(location, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(tree, fc.nat(), start, name, (locations, pick, elsewhere, wanted) => {
        // Node caches what it has resolved, so every tree has a folder of its own.
        const root = temporaryFolder();
        const files = locations.map((one) => [`${one}/package.json`, '{}']);
        writeFiles(root, Object.fromEntries(files));
        const from = locations[pick % (locations.length + 1)] ?? elsewhere;
        writeFiles(root, { [join(from, 'from.js')]: '' });
        const lockfile = lockfileOf(Object.fromEntries(locations.map((one) => [one, {}])));
        expect(resolveLocation(lockfile, from, wanted)?.location).toBe(nodeFinds(root, from, wanted));
        rmSync(root, { recursive: true });
      }),
      { numRuns: 120 },
    );
  });
});

function nodeFinds(root: string, from: string, name: string): string | undefined {
  try {
    const found = createRequire(join(root, from, 'from.js')).resolve(`${name}/package.json`);
    return relative(root, dirname(found));
  } catch {
    return undefined;
  }
}

describe('packageName', () => {
  it.each([
    ['node_modules/a', 'a'],
    ['node_modules/@s/a', '@s/a'],
    ['apps/shop/node_modules/@s/a/node_modules/b', 'b'],
    ['apps/shop', 'apps/shop'],
  ])('of %s is %s', (location, name) => {
    expect(packageName(location)).toBe(name);
  });
});
