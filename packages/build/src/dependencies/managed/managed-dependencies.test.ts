import { execFile } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join, posix } from 'node:path';
import { promisify } from 'node:util';
import type { Layer } from '@catamaran/oci';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { filesIn } from '../../../testing/cache-folder.ts';
import { listLayer, recordingContext } from '../../../testing/layer-tools.ts';
import { nativeServices } from '../../../testing/native-request.ts';
import { nodeProject } from '../../../testing/node-project.ts';
import { npmOptionsFor } from '../../../testing/npm-registry.ts';
import {
  installManagers,
  type ManagerUnderTest,
  managerEnvironment,
} from '../../../testing/package-managers.ts';
import { targetOf } from '../../../testing/target-of.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { writeFiles } from '../../../testing/write-files.ts';
import { type Cache, openCache } from '../../cache/cache.ts';
import { RecordedInputs } from '../../inputs/input-log.ts';
import { packageStore } from '../../packages/package-store.ts';
import type { Target } from '../../target/target.ts';
import { projectDependencies } from '../project-dependencies.ts';

const run = promisify(execFile);

interface Case {
  readonly manager: ManagerUnderTest;
  /** What makes the lockfile. */
  readonly lock: readonly string[];
  readonly files?: Readonly<Record<string, unknown>>;
  readonly range?: string;
}

const pnpmFiles = { 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n' };
const cases: Readonly<Record<string, Case>> = {
  'pnpm 9': { manager: 'pnpm9', lock: ['pnpm', 'install', '--lockfile-only'], files: pnpmFiles },
  'pnpm 10': { manager: 'pnpm10', lock: ['pnpm', 'install', '--lockfile-only'], files: pnpmFiles },
  'pnpm 12': { manager: 'pnpm12', lock: ['pnpm', 'install', '--lockfile-only'], files: pnpmFiles },
  'Yarn 1': { manager: 'yarn1', lock: ['yarn', 'install', '--ignore-scripts'], range: '1.0.0' },
  'Yarn 3': {
    manager: 'yarn3',
    lock: ['yarn', 'install', '--mode=skip-build'],
    files: { '.yarnrc.yml': 'nodeLinker: node-modules\n', 'yarn.lock': '' },
  },
  'Yarn 4, Plug’n’Play': {
    manager: 'yarn4',
    lock: ['yarn', 'install', '--mode=skip-build'],
    files: { 'yarn.lock': '' },
  },
  'Bun, isolated': { manager: 'bun', lock: ['bun', 'install', '--lockfile-only'] },
  'Bun, hoisted': {
    manager: 'bun',
    lock: ['bun', 'install', '--lockfile-only'],
    files: { 'bunfig.toml': '[install]\nlinker = "hoisted"\n' },
  },
};

let pathOf: Awaited<ReturnType<typeof installManagers>>;
beforeAll(async () => {
  pathOf = await installManagers();
}, 180_000);

/** A workspace that depends on another one, on a package with one for each platform, and on two versions of one. */
async function writeProject({ manager, lock, files, range = 'workspace:*' }: Case) {
  const root = temporaryFolder();
  const env = await managerEnvironment(pathOf(manager), temporaryFolder());
  writeFiles(root, {
    'package.json': {
      name: 'shop',
      private: true,
      workspaces: ['packages/*'],
      devDependencies: { 'is-even': '1.0.0' },
    },
    'packages/api/package.json': {
      name: '@shop/api',
      version: '1.0.0',
      dependencies: { '@node-rs/argon2': '2.0.2', debug: '2.6.9', ms: '2.1.3', '@shop/greeting': range },
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
  const [program = '', ...args] = lock;
  await run(program, args, { cwd: root, env });
  return { root, env };
}

const amd64 = targetOf('linux/amd64');
const arm64 = targetOf('linux/arm64');

async function open(
  root: string,
  env: Record<string, string | undefined>,
  cache: Cache,
  targets: readonly Target[] = [amd64, arm64],
) {
  const folder = join(root, 'packages/api');
  const npmOptions = npmOptionsFor('http://127.0.0.1:1');
  const inputs = new RecordedInputs();
  const packages = packageStore(cache, npmOptions, 0);
  onTestFinished(() => packages[Symbol.asyncDispose]());
  const services = { ...nativeServices({ cache, npmOptions, folder, inputs }), packages, env };
  const { ctx, steps } = recordingContext();
  const source = await projectDependencies(nodeProject(folder), targets, services, ctx);
  const layersOf = async (target: Target) =>
    Promise.all((await source.layers(target, ctx)).map(describeLayer));
  return { source, inputs, steps, layersOf };
}

async function describeLayer(layer: Layer & { readonly createdBy: string }) {
  const entries = await listLayer(layer);
  return {
    name: layer.createdBy,
    digest: (await layer.descriptor()).digest,
    entries: entries.map(({ path, type, target }) => ({ path, type, target })),
    packages: entries.flatMap(({ path, text }) => {
      if (!path.endsWith('/package.json')) return [];
      const { name, version } = JSON.parse(text) as { name: string; version: string };
      return [`${name}@${version}`];
    }),
  };
}

/** Every path once, every folder described, and links that lead to something in the same layer. */
function expectWellFormed(entries: readonly { path: string; type: string; target: string }[]) {
  const paths = new Set(entries.map(({ path }) => path));
  expect(paths.size).toBe(entries.length);
  for (const { path, type, target } of entries) {
    if (path.includes('/')) expect(paths).toContain(posix.dirname(path));
    if (type === 'symlink') expect(paths).toContain(posix.join(posix.dirname(path), target));
    else expect(['file', 'directory']).toContain(type);
  }
}

describe.each(Object.entries(cases))('a project of %s', (_, one) => {
  it('has what it needs when it runs, in the same layers wherever it is built', {
    timeout: 90_000,
  }, async () => {
    const { root, env } = await writeProject(one);
    const cacheFolder = temporaryFolder();
    const { layersOf, source, steps } = await open(root, env, openCache(cacheFolder));
    expect(steps.some((step) => step.startsWith('Dependencies for linux/'))).toBe(true);
    expect(filesIn(join(cacheFolder, 'stages'))).toEqual([]);
    const layers = [await layersOf(amd64), await layersOf(arm64)];
    const [[neutral, x64] = [], [shared, arm] = []] = layers;
    const both = ['@node-rs/argon2@2.0.2', 'debug@2.6.9', 'is-number@7.0.0', 'ms@2.0.0', 'ms@2.1.3'];
    expect(neutral?.packages.sort()).toEqual(both);
    expect(shared?.digest).toBe(neutral?.digest);
    expect(x64?.packages).toEqual(['@node-rs/argon2-linux-x64-gnu@2.0.2']);
    expect(arm?.packages).toEqual(['@node-rs/argon2-linux-arm64-gnu@2.0.2']);
    for (const layer of [neutral, x64, arm]) expectWellFormed(layer?.entries ?? []);

    const leadsTo = (importer: string, name: string) => source.resolveImport(importer, name).kind;
    expect(leadsTo('packages/api/main.ts', 'debug')).toBe('package');
    expect(leadsTo('packages/api/main.ts', '@node-rs/argon2')).toBe('package');
    expect(leadsTo('packages/api/main.ts', '@shop/greeting')).toBe('source');
    expect(leadsTo('packages/greeting/index.js', 'is-number')).toBe('package');
    expect(leadsTo('packages/api/main.ts', 'no-package-at-all')).toBe('source');

    const again = await open(root, { ...env, PATH: '/nowhere' }, openCache(cacheFolder));
    expect(await again.layersOf(arm64)).toEqual(layers[1]);
    expect(again.steps).toEqual([]);
    const elsewhere = temporaryFolder();
    cpSync(root, elsewhere, { recursive: true });
    const other = await open(elsewhere, env, openCache(temporaryFolder()), [arm64]);
    expect(await other.layersOf(arm64)).toEqual(layers[1]);
  });
});
