import { cpSync } from 'node:fs';
import { join, posix } from 'node:path';
import { foldersAbove } from '@catamaran/oci';
import { beforeAll, describe, expect, it } from 'vitest';
import { filesIn } from '../../../testing/cache-folder.ts';
import { lockedProject, openDependencies } from '../../../testing/managed-project.ts';
import { installManagers, type ManagerUnderTest } from '../../../testing/package-managers.ts';
import { targetOf } from '../../../testing/target-of.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { openCache } from '../../cache/cache.ts';

interface Case {
  readonly manager: ManagerUnderTest;
  readonly files?: Readonly<Record<string, unknown>>;
  /** With which one workspace asks for another. */
  readonly range?: string;
}

const pnpmFiles = { 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n' };
const cases: Readonly<Record<string, Case>> = {
  'pnpm 9': { manager: 'pnpm9', files: pnpmFiles },
  'pnpm 10': { manager: 'pnpm10', files: pnpmFiles },
  'pnpm 12': { manager: 'pnpm12', files: pnpmFiles },
  'Yarn 1': { manager: 'yarn1', range: '1.0.0' },
  'Yarn 3': {
    manager: 'yarn3',
    files: { '.yarnrc.yml': 'nodeLinker: node-modules\n', 'yarn.lock': '' },
  },
  'Yarn 4, Plug’n’Play': { manager: 'yarn4', files: { 'yarn.lock': '' } },
  'Bun, isolated': { manager: 'bun' },
  'Bun, hoisted': { manager: 'bun', files: { 'bunfig.toml': '[install]\nlinker = "hoisted"\n' } },
};

let pathOf: Awaited<ReturnType<typeof installManagers>>;
beforeAll(async () => {
  pathOf = await installManagers();
}, 180_000);

/** A workspace that depends on another one, on a package with one for each platform, and on two versions of one. */
const workspaces = ({ files, range = 'workspace:*' }: Case) => ({
  'package.json': {
    name: 'shop',
    private: true,
    workspaces: ['packages/*'],
    devDependencies: { 'is-even': '1.0.0' },
  },
  'packages/api/package.json': {
    name: '@shop/api',
    version: '1.0.0',
    dependencies: {
      ...{ '@node-rs/argon2': '2.0.2', debug: '2.6.9', ms: '2.1.3', semver: '7.7.2' },
      '@shop/greeting': range,
    },
    devDependencies: { 'is-odd': '3.0.1' },
    scripts: { postinstall: 'exit 1' },
  },
  'packages/greeting/package.json': {
    name: '@shop/greeting',
    version: '1.0.0',
    dependencies: { 'is-number': '7.0.0' },
  },
  'packages/other/package.json': {
    name: '@shop/other',
    version: '1.0.0',
    dependencies: { 'is-buffer': '2.0.5' },
  },
  ...files,
});

const amd64 = targetOf('linux/amd64');
const arm64 = targetOf('linux/arm64');

/** Every path once, every folder described, and links that lead to something in the same layer. */
function expectWellFormed(entries: readonly { path: string; type: string; target: string }[] = []) {
  const found = new Map(entries.map((entry) => [entry.path, entry]));
  expect(found.size).toBe(entries.length);
  for (const { path, type } of entries) {
    if (path.includes('/')) expect([...found.keys()]).toContain(posix.dirname(path));
    expect(['file', 'directory', 'symlink']).toContain(type);
    expect([...found.keys()]).toContain(realPath(path, found));
  }
}

function realPath(path: string, found: ReadonlyMap<string, { type: string; target: string }>): string {
  for (const prefix of [...foldersAbove(path), path]) {
    const { type, target = '' } = found.get(prefix) ?? {};
    const rest = path.slice(prefix.length);
    if (type === 'symlink') return realPath(posix.join(posix.dirname(prefix), target, rest), found);
  }
  return path;
}

describe.each(Object.entries(cases))('a project of %s', (_, one) => {
  it('has what it needs when it runs, in the same layers wherever it is built', {
    timeout: 90_000,
  }, async () => {
    const { root, env } = await lockedProject(pathOf, one.manager, workspaces(one));
    const cacheFolder = temporaryFolder();
    const here = { env, workspace: 'packages/api', targets: [amd64, arm64], cache: openCache(cacheFolder) };
    const { layersOf, source, steps } = await openDependencies(root, here);
    expect(steps.some((step) => step.startsWith('Dependencies for linux/'))).toBe(true);
    expect(filesIn(join(cacheFolder, 'stages'))).toEqual([]);
    const layers = [await layersOf(amd64), await layersOf(arm64)];
    const [[neutral, x64] = [], [shared, arm] = []] = layers;
    const both = ['@node-rs/argon2@2.0.2', 'debug@2.6.9', 'is-number@7.0.0', 'ms@2.0.0', 'ms@2.1.3'];
    expect(neutral?.packages).toEqual([...both, 'semver@7.7.2']);
    expect(shared?.digest).toBe(neutral?.digest);
    expect(x64?.packages).toEqual(['@node-rs/argon2-linux-x64-gnu@2.0.2']);
    expect(arm?.packages).toEqual(['@node-rs/argon2-linux-arm64-gnu@2.0.2']);
    for (const layer of [neutral, x64, arm]) expectWellFormed(layer?.entries);
    const links = neutral?.entries.filter(({ path }) => path.includes('/.bin/')) ?? [];
    expect(links.map(({ path }) => path.replace(/^.*\//, ''))).toEqual(['semver']);
    expect(neutral?.entries.find(({ path }) => path.endsWith('/bin/semver.js'))?.mode).toBe(0o755);

    const leadsTo = (importer: string, name: string) => source.resolveImport(importer, name).kind;
    expect(leadsTo('packages/api/main.ts', 'debug')).toBe('package');
    expect(leadsTo('packages/api/main.ts', '@node-rs/argon2')).toBe('package');
    expect(leadsTo('packages/api/main.ts', '@shop/greeting')).toBe('source');
    expect(leadsTo('packages/greeting/index.js', 'is-number')).toBe('package');
    expect(leadsTo('packages/api/main.ts', 'no-package-at-all')).toBe('source');

    const again = await openDependencies(root, { ...here, env: { PATH: '/nowhere' } });
    expect(await again.layersOf(arm64)).toEqual(layers[1]);
    expect(again.steps).toEqual([]);
    const elsewhere = temporaryFolder();
    cpSync(root, elsewhere, { recursive: true });
    const there = { env, workspace: 'packages/api', targets: [arm64] };
    expect(await (await openDependencies(elsewhere, there)).layersOf()).toEqual(layers[1]);
  });
});
