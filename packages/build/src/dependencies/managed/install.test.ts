import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, posix } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { filesIn } from '../../../testing/cache-folder.ts';
import { lockedProject, openDependencies } from '../../../testing/managed-project.ts';
import { installManagers } from '../../../testing/package-managers.ts';
import { targetOf } from '../../../testing/target-of.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { writeFiles } from '../../../testing/write-files.ts';
import { openCache } from '../../cache/cache.ts';

let pathOf: Awaited<ReturnType<typeof installManagers>>;
beforeAll(async () => {
  pathOf = await installManagers();
}, 180_000);

const patch = `diff --git a/index.js b/index.js
--- a/index.js
+++ b/index.js
@@ -1,3 +1,4 @@
+// patched
 /**
  * Helpers.
  */
`;

describe('what an install depends on', () => {
  it('is copied with it, for pnpm: patches, hooks, folders of the project, settings', async () => {
    const hook = `module.exports = { hooks: { readPackage(pkg) {
      if (pkg.name === 'debug') pkg.dependencies = { ...pkg.dependencies, 'is-number': '7.0.0' };
      return pkg;
    } } };`;
    const { root, env } = await lockedProject(pathOf, 'pnpm10', {
      'package.json': {
        name: 'shop',
        dependencies: {
          ms: '2.1.3',
          debug: '2.6.9',
          local: 'file:vendor/local',
          linked: 'link:vendor/linked',
        },
      },
      'pnpm-workspace.yaml': 'packages: []\npatchedDependencies:\n  ms@2.1.3: patches/ms.patch\n',
      '.npmrc': 'hoist=false\n',
      '.pnpmfile.cjs': hook,
      'patches/ms.patch': patch,
      'vendor/local/package.json': { name: 'local', version: '1.0.0' },
      'vendor/local/src/index.js': 'module.exports = 1;',
      'vendor/linked/package.json': { name: 'linked', version: '1.0.0', dependencies: { ms: '2.1.3' } },
    });
    const { layersOf, source, inputs } = await openDependencies(root, { env });
    const [layer] = await layersOf();
    expect(layer?.packages).toEqual([
      'debug@2.6.9',
      'is-number@7.0.0',
      'local@1.0.0',
      'ms@2.0.0',
      'ms@2.1.3',
    ]);
    const textOf = (pattern: RegExp) => layer?.entries.find(({ path }) => pattern.test(path))?.text;
    expect(textOf(/ms@2\.1\.3.*\/index\.js$/)).toMatch(/^\/\/ patched/);
    expect(textOf(/\/local\/src\/index\.js$/)).toBe('module.exports = 1;');
    const paths = layer?.entries.map(({ path }) => path) ?? [];
    expect(paths.filter((path) => path.startsWith('app/node_modules/.pnpm/node_modules'))).toEqual([]);
    expect(source.resolveImport('main.ts', 'linked')).toEqual({ kind: 'source' });
    expect(existsSync(join(root, 'node_modules'))).toBe(false);
    const told = inputs.inputs.files.map((path) => path.slice(root.length + 1));
    expect(told).toEqual(
      expect.arrayContaining([
        ...['.npmrc', '.pnpmfile.cjs', '.pnpmfile.mjs', 'package.json', 'pnpm-lock.yaml'],
        ...['patches/ms.patch', 'pnpm-workspace.yaml', 'vendor/linked/package.json'],
        ...['vendor/local/package.json', 'vendor/local/src/index.js', 'yarn.lock', 'package-lock.json'],
      ]),
    );
    expect(inputs.inputs.folders).toEqual([join(root, 'vendor/local'), join(root, 'vendor/local/src')]);
  });

  it('is copied with it, for Yarn: itself, patches, extensions', async () => {
    const { root, env } = await lockedProject(pathOf, 'yarn4', {
      'package.json': {
        name: 'shop',
        dependencies: { ms: 'patch:ms@npm%3A2.1.3#~/.yarn/patches/ms.patch', debug: '2.6.9' },
      },
      'yarn.lock': '',
      '.yarnrc.yml': 'packageExtensions:\n  debug@*:\n    dependencies:\n      is-number: 7.0.0\n',
      '.yarn/patches/ms.patch': patch,
    });
    const { layersOf, inputs } = await openDependencies(root, { env });
    const [layer] = await layersOf();
    expect(layer?.packages).toEqual(['debug@2.6.9', 'is-number@7.0.0', 'ms@2.0.0', 'ms@2.1.3']);
    expect(layer?.entries.find(({ path }) => path === 'app/node_modules/ms/index.js')?.text).toMatch(
      /^\/\/ patched/,
    );
    expect(inputs.inputs.files).toEqual(
      expect.arrayContaining([join(root, '.yarn/patches/ms.patch'), join(root, '.yarnrc.yml')]),
    );
  });
});

describe('a package with an install script', () => {
  it.each([
    ['pnpm10', {}],
    ['yarn1', {}],
    ['yarn4', { 'yarn.lock': '' }],
    ['bun', {}],
  ] as const)(
    'is refused as it is for npm, unless the project says what to do: %s',
    async (manager, files) => {
      const { root, env } = await lockedProject(pathOf, manager, {
        ...files,
        'package.json': { name: 'shop', dependencies: { local: 'file:./vendor/local' } },
        'vendor/local/package.json': { name: 'local', version: '1.2.3', scripts: { install: 'make all' } },
      });
      const refused = await openDependencies(root, { env });
      await expect(refused.layersOf()).rejects.toMatchObject({
        code: 'CATA_PACKAGE_INSTALL_SCRIPT',
        message: expect.stringContaining('local@1.2.3'),
      });
      const { layersOf } = await openDependencies(root, { env, app: { native: { local: 'skip' } } });
      expect((await layersOf())[0]?.packages).toEqual(['local@1.2.3']);
    },
  );
});

describe('a package with binaries for many platforms', () => {
  it('has in the image the one for the target, as with npm', async () => {
    const { root, env } = await lockedProject(pathOf, 'pnpm10', {
      'package.json': { name: 'shop', dependencies: { bcrypt: '6.0.0' } },
    });
    const targets = ['linux/amd64', 'linux/arm64'].map((platform) => targetOf(platform));
    const { layersOf } = await openDependencies(root, { env, targets });
    const [x64, arm64] = [await layersOf(targets[0]), await layersOf(targets[1])];
    const binaries = (layers: typeof x64) =>
      layers[1]?.entries.flatMap(({ path }) =>
        path.endsWith('.node') ? [path.replace(/^.*bcrypt\//, '')] : [],
      );
    expect(binaries(x64)).toEqual(['prebuilds/linux-x64/bcrypt.glibc.node']);
    expect(binaries(arm64)).toEqual(['prebuilds/linux-arm64/bcrypt.glibc.node']);
    expect(arm64[0]?.digest).toBe(x64[0]?.digest);
  });
});

describe('a workspace that another one needs', () => {
  const files = (range: string) => ({
    'package.json': { name: 'shop', private: true, workspaces: ['packages/*'] },
    'packages/api/package.json': {
      name: '@shop/api',
      version: '1.0.0',
      dependencies: { '@shop/greeting': range },
    },
    'packages/greeting/package.json': {
      name: '@shop/greeting',
      version: '1.0.0',
      files: ['index.js'],
      bin: './index.js',
      dependencies: { ms: '2.1.3' },
    },
    'packages/greeting/index.js': '#!/usr/bin/env node',
    'packages/greeting/test.js': 'not published',
  });
  const pnpmFiles = { 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n' };
  const copied = { 'pnpm-workspace.yaml': 'packages:\n  - packages/*\ninjectWorkspacePackages: true\n' };

  it.each([
    ['pnpm10', pnpmFiles, 'workspace:*', 'app/packages/api/node_modules'],
    ['pnpm10', copied, 'workspace:*', 'app/packages/api/node_modules'],
    ['yarn1', {}, '1.0.0', 'app/node_modules'],
    ['yarn4', { 'yarn.lock': '' }, 'workspace:*', 'app/node_modules'],
    ['bun', {}, 'workspace:*', 'app/packages/api/node_modules'],
  ] as const)(
    'is a package of the image where there is no bundle: %s',
    async (manager, more, range, modules) => {
      const { root, env } = await lockedProject(pathOf, manager, { ...files(range), ...more });
      const { layersOf, source } = await openDependencies(root, {
        ...{ env, workspace: 'packages/api' },
        app: { bundle: false },
      });
      const [folders, packages] = await layersOf();
      expect(folders?.name).toBe('catamaran: Folders of the project (1)');
      expect(packages?.packages).toEqual(['ms@2.1.3']);
      const entries = new Map(folders?.entries.map((entry) => [entry.path, entry]));
      const found = (path: string): string => {
        const { type, target } = entries.get(path) ?? {};
        return type === 'symlink' && target ? posix.join(posix.dirname(path), target) : path;
      };
      const folder = found(`${modules}/@shop/greeting`);
      expect(folder).toMatch(/\/greeting$/);
      const inFolder = [...entries.keys()].filter((path) => path.startsWith(`${folder}/`));
      expect(inFolder.map((path) => path.slice(folder.length + 1))).toEqual(['index.js', 'package.json']);
      expect(entries.get(`${folder}/index.js`)).toMatchObject({ mode: 0o755, text: '#!/usr/bin/env node' });
      expect(found(`${modules}/.bin/greeting`)).toBe(`${modules}/@shop/greeting/index.js`);
      expect(source.resolveImport('packages/api/main.ts', '@shop/greeting')).toEqual({ kind: 'source' });

      const bundled = await openDependencies(root, { env, workspace: 'packages/api' });
      const [only, ...others] = await bundled.layersOf();
      expect(others).toEqual([]);
      expect(only?.entries.filter(({ path }) => path.includes('greeting/index.js'))).toEqual([]);
    },
  );
});

describe('a workspace that the project’s own command completes', () => {
  it('is read only when it has', async () => {
    const { root, env } = await lockedProject(pathOf, 'pnpm10', {
      'package.json': { name: 'shop', private: true },
      'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
      'packages/api/package.json': { name: 'api', dependencies: { made: 'workspace:*' } },
      'packages/made/package.json': { name: 'made', version: '1.0.0', files: ['dist'] },
    });
    const built = new Promise<void>((resolve) => setTimeout(resolve, 100)).then(() => {
      writeFiles(root, { 'packages/made/dist/index.js': 'made' });
    });
    const options = { env, workspace: 'packages/api', app: { bundle: false }, built };
    const [folders] = await (await openDependencies(root, options)).layersOf();
    expect(folders?.entries.map(({ path }) => path)).toContain('app/packages/made/dist/index.js');
  });
});

describe('a workspace that stays outside of the bundle', () => {
  it.each([
    ['pnpm10', { 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n' }, 'app/packages/api/node_modules'],
    ['yarn4', { 'yarn.lock': '' }, 'app/node_modules'],
  ] as const)(
    'is in the image, where the bundle finds it, with what it needs: %s',
    async (manager, more, modules) => {
      const workspace = (name: string, dependencies: Readonly<Record<string, string>>) => ({
        [`packages/${name}/package.json`]: { name: `@shop/${name}`, version: '1.0.0', dependencies },
        [`packages/${name}/index.js`]: '',
      });
      const { root, env } = await lockedProject(pathOf, manager, {
        'package.json': { name: 'shop', private: true, workspaces: ['packages/*'] },
        ...workspace('api', { '@shop/bundled': 'workspace:*' }),
        ...workspace('bundled', { '@shop/outside': 'workspace:*', 'is-number': '7.0.0' }),
        ...workspace('outside', { '@shop/deeper': 'workspace:*' }),
        ...workspace('deeper', { ms: '2.1.3' }),
        ...more,
      });
      const { layersOf, source } = await openDependencies(root, {
        ...{ env, workspace: 'packages/api' },
        app: { external: ['@shop/outside'] },
      });
      const [folders, packages] = await layersOf();
      const files = folders?.entries.filter(({ type }) => type === 'file').map(({ path }) => path);
      expect(files).toEqual([
        ...['app/packages/deeper/index.js', 'app/packages/deeper/package.json'],
        ...['app/packages/outside/index.js', 'app/packages/outside/package.json'],
      ]);
      const link = folders?.entries.find(({ path }) => path === `${modules}/@shop/outside`);
      expect(posix.join(modules, '@shop', link?.target ?? '')).toBe('app/packages/outside');
      expect(packages?.packages).toEqual(['is-number@7.0.0', 'ms@2.1.3']);
      const leadsTo = (name: string) => source.resolveImport('packages/bundled/index.js', name).kind;
      expect(['@shop/outside', 'is-number', '@shop/bundled'].map(leadsTo)).toEqual([
        'package',
        'package',
        'source',
      ]);
    },
  );
});

describe('an install', () => {
  it('takes what Yarn keeps with the project, without a network', async () => {
    const { root, env } = await lockedProject(pathOf, 'yarn4', {
      'package.json': { name: 'shop', dependencies: { ms: '2.1.3' } },
      'yarn.lock': '',
      '.yarnrc.yml': 'enableGlobalCache: false\n',
    });
    const offline = { YARN_NPM_REGISTRY_SERVER: 'http://127.0.0.1:1', HOME: temporaryFolder() };
    // As Yarn starts what it runs for a project; the hook is not there in any other folder.
    const hook = { NODE_OPTIONS: '--require /nowhere/.pnp.cjs --no-warnings' };
    const { layersOf } = await openDependencies(root, { env: { ...env, ...offline, ...hook } });
    expect((await layersOf())[0]?.packages).toEqual(['ms@2.1.3']);
  });

  it('without the package of the target is refused, unless the project does without', async () => {
    const { root, env } = await lockedProject(pathOf, 'pnpm10', {
      'package.json': { name: 'shop', dependencies: { '@node-rs/argon2': '2.0.2' } },
      'pnpm-workspace.yaml':
        'packages: []\nignoredOptionalDependencies:\n  - "@node-rs/argon2-linux-x64-gnu"\n',
    });
    const without = await openDependencies(root, { env });
    await expect(without.layersOf()).rejects.toMatchObject({
      code: 'CATA_INSTALL_WITHOUT_PLATFORM',
      message: expect.stringContaining(
        '"@node-rs/argon2" needs "@node-rs/argon2-linux-x64-gnu" on linux/amd64',
      ),
    });
    const { layersOf } = await openDependencies(root, {
      env,
      app: { native: { '@node-rs/argon2': 'skip' } },
    });
    expect((await layersOf()).map(({ packages }) => packages)).toEqual([['@node-rs/argon2@2.0.2']]);
  });

  it('is for the C library of the target', async () => {
    const dependencies = { '@node-rs/argon2': '2.0.2' };
    const { root, env } = await lockedProject(pathOf, 'bun', {
      'package.json': { name: 'shop', dependencies },
    });
    const target = targetOf('linux/arm64', 'musl');
    const { layersOf } = await openDependencies(root, { env, targets: [target] });
    expect((await layersOf())[1]?.packages).toEqual(['@node-rs/argon2-linux-arm64-musl@2.0.2']);
  });

  it('is made again when some of what it gave is gone, or damaged', async () => {
    const { root, env } = await lockedProject(pathOf, 'bun', {
      'package.json': { name: 'shop', dependencies: { debug: '2.6.9' } },
    });
    const folder = temporaryFolder();
    const cache = openCache(folder);
    const [made] = await (await openDependencies(root, { env, cache })).layersOf();
    for (const kind of ['members', 'layers', 'inventories']) rmSync(join(folder, kind), { recursive: true });
    const blobs = filesIn(join(folder, 'blobs'));
    rmSync(join(folder, 'blobs', blobs[0] ?? ''));
    writeFiles(join(folder, 'blobs'), { [blobs[1] ?? '']: 'damaged' });
    const { layersOf, steps } = await openDependencies(root, { env, cache });
    expect((await layersOf())[0]).toEqual(made);
    expect(steps).toContain('Dependencies for linux/amd64, by Bun');
  });

  it('that is given up ends all that it has started, and leaves nothing', async () => {
    const { root } = await lockedProject(pathOf, 'pnpm10', {
      'package.json': { name: 'shop', dependencies: { ms: '2.1.3' } },
    });
    // Stands in for pnpm, which would be too fast: it has a child, and takes no notice of being asked to end.
    const bin = temporaryFolder();
    const script = `#!/bin/sh
if [ "$1" = --version ]; then echo 10.34.9; exit; fi
trap '' TERM
sleep 300 &
echo $$ $! > '${bin}/pids'
wait
`;
    writeFiles(bin, { pnpm: script });
    chmodSync(join(bin, 'pnpm'), 0o755);
    const stop = new AbortController();
    const folder = temporaryFolder();
    const env = { PATH: `${bin}:${process.env.PATH}` };
    const opening = openDependencies(root, { env, cache: openCache(folder), ctx: { signal: stop.signal } });
    const pids = await vi.waitFor(() => {
      const text = readFileSync(join(bin, 'pids'), 'utf8').trim();
      expect(text).toMatch(/^\d+ \d+$/);
      return text.split(' ');
    }, 20_000);
    stop.abort(new Error('enough'));
    await expect(opening).rejects.toThrow('enough');
    // What was killed is there until its parent, or whoever takes its place, has heard of it.
    await vi.waitFor(() => expect(pids.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]), 20_000);
    expect(
      readdirSync(join(folder, 'stages'), { recursive: true }).filter((name) => String(name).includes('tmp')),
    ).toEqual([]);
  });
});
