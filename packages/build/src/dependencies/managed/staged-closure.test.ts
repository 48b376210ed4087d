import { describe, expect, it } from 'vitest';
import { targetOf } from '../../../testing/target-of.ts';
import type { PackageManifest } from './package-manifest.ts';
import type { StageTree } from './stage-tree.ts';
import { stagedClosure } from './staged-closure.ts';

const amd64 = targetOf('linux/amd64');

function treeOf(
  project: PackageManifest,
  packages: Readonly<Record<string, PackageManifest>>,
  links: Readonly<Record<string, string>> = {},
): StageTree {
  return {
    workspaces: new Map([['', project]]),
    packages: new Map(Object.entries(packages)),
    links: new Map(Object.entries(links)),
    copies: new Map(),
  };
}

const needs = (...names: string[]) => Object.fromEntries(names.map((name) => [name, '1']));

describe('stagedClosure', () => {
  it('leaves out what is optional and does not run, with all that only it needs', () => {
    const tree = treeOf(
      { dependencies: needs('a'), optionalDependencies: needs('mac', 'needs-mac') },
      {
        'node_modules/a': {},
        'node_modules/mac': { os: ['darwin'], dependencies: needs('of-mac') },
        'node_modules/needs-mac': { dependencies: needs('mac') },
        'node_modules/of-mac': {},
      },
    );
    expect(stagedClosure(tree, '', amd64, true).packages).toEqual(['node_modules/a']);
  });

  it('refuses what is needed and does not run', () => {
    const tree = treeOf(
      { dependencies: needs('a') },
      { 'node_modules/a': { dependencies: needs('b') }, 'node_modules/b': { cpu: ['arm64'] } },
    );
    expect(() => stagedClosure(tree, '', amd64, true)).toThrow(
      expect.objectContaining({ code: 'CATA_PACKAGE_NOT_FOR_PLATFORM' }),
    );
  });

  it('has what a package bundles, and nothing else that nobody asks for, where there is more', () => {
    const tree = treeOf(
      { dependencies: needs('a') },
      {
        'node_modules/a': { bundleDependencies: ['b'] },
        'node_modules/a/node_modules/b': {},
        'node_modules/a/node_modules/c': {},
        'node_modules/another-workspace-needs': {},
      },
    );
    const bundled = ['node_modules/a', 'node_modules/a/node_modules/b', 'node_modules/a/node_modules/c'];
    expect(stagedClosure(tree, '', amd64, true).packages).toEqual(bundled);
    expect(stagedClosure(tree, '', amd64, false).packages).toEqual([
      ...bundled,
      'node_modules/another-workspace-needs',
    ]);
  });

  it('follows packages that need each other, and the links beside a package in a store', () => {
    const store = 'node_modules/.pnpm';
    const tree = treeOf(
      { dependencies: needs('a') },
      {
        [`${store}/a@1/node_modules/a`]: { peerDependencies: needs('b') },
        [`${store}/b@1/node_modules/b`]: { dependencies: needs('a') },
        [`${store}/c@1/node_modules/c`]: {},
        [`${store}/d@1/node_modules/d`]: {},
      },
      {
        'node_modules/a': `${store}/a@1/node_modules/a`,
        [`${store}/a@1/node_modules/b`]: `${store}/b@1/node_modules/b`,
        [`${store}/b@1/node_modules/a`]: `${store}/a@1/node_modules/a`,
        [`${store}/b@1/node_modules/c`]: `${store}/c@1/node_modules/c`,
      },
    );
    expect(stagedClosure(tree, '', amd64, true).packages.map((path) => path.slice(-1))).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('takes for everywhere what no package that names platforms is on the way to', () => {
    const tree = treeOf(
      { dependencies: needs('a', 'linux') },
      {
        'node_modules/a': { dependencies: needs('shared') },
        'node_modules/linux': { os: ['linux'], dependencies: needs('shared', 'of-linux') },
        'node_modules/shared': {},
        'node_modules/of-linux': {},
      },
    );
    expect([...stagedClosure(tree, '', amd64, true).everywhere]).toEqual([
      'node_modules/a',
      'node_modules/shared',
    ]);
  });
});
