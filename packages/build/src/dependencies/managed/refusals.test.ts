import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { lockedProject, openDependencies } from '../../../testing/managed-project.ts';
import { installManagers, type ManagerUnderTest } from '../../../testing/package-managers.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { writeFiles } from '../../../testing/write-files.ts';

const run = promisify(execFile);
let pathOf: Awaited<ReturnType<typeof installManagers>>;
beforeAll(async () => {
  pathOf = await installManagers();
}, 180_000);

const pnpmFiles = { 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n' };
const root = { name: 'shop', private: true, workspaces: ['packages/*'] };
const api = (range: string) => ({ name: '@shop/api', version: '1.0.0', dependencies: { ms: range } });

describe('a lockfile that is older than the package.json of a workspace', () => {
  it.each<[ManagerUnderTest, object, string, string]>([
    ['pnpm10', pnpmFiles, 'CATA_INSTALL_FAILED', 'ERR_PNPM_OUTDATED_LOCKFILE'],
    ['yarn1', {}, 'CATA_LOCKFILE_OUTDATED', 'packages/api/package.json" asks for ms@2.1.2'],
    ['yarn4', { 'yarn.lock': '' }, 'CATA_LOCKFILE_OUTDATED', 'packages/api/package.json" asks for ms@2.1.2'],
    ['bun', {}, 'CATA_INSTALL_FAILED', 'lockfile had changes, but lockfile is frozen'],
  ])('is refused by, or for, %s', async (manager, files, code, text) => {
    const project = await lockedProject(pathOf, manager, {
      ...files,
      'package.json': root,
      'packages/api/package.json': api('2.1.3'),
    });
    writeFiles(project.root, { 'packages/api/package.json': api('2.1.2') });
    await expect(
      openDependencies(project.root, { env: project.env, workspace: 'packages/api' }),
    ).rejects.toMatchObject({ code, message: expect.stringContaining(text) });
  });

  it('is refused for Yarn 4, too, where it has the version that is asked for through somebody else', async () => {
    const project = await lockedProject(pathOf, 'yarn4', {
      'yarn.lock': '',
      'package.json': { ...root, dependencies: { ms: '2.1.2' } },
      'packages/api/package.json': api('2.1.3'),
    });
    writeFiles(project.root, { 'packages/api/package.json': api('2.1.2') });
    await expect(
      openDependencies(project.root, { env: project.env, workspace: 'packages/api' }),
    ).rejects.toMatchObject({
      code: 'CATA_LOCKFILE_OUTDATED',
      message: expect.stringContaining('packages/api/package.json" asks for ms@2.1.2'),
    });
  });
});

describe('a package manager', () => {
  const locks = {
    'pnpm-lock.yaml': "lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n",
    'yarn.lock': '# yarn lockfile v1\n',
    'bun.lock': '{\n  "workspaces": {\n    "": {\n    },\n  },\n}\n',
  };
  const berry = '__metadata:\n  version: 8\n\n"shop@workspace:.":\n  resolution: "shop@workspace:."\n';

  it.each(Object.entries(locks))('that is not there is asked for: %s', async (name, text) => {
    const folder = writeFiles(temporaryFolder(), { 'package.json': { name: 'shop' }, [name]: text });
    const command = name.split(/[.-]/)[0] ?? '';
    await expect(openDependencies(folder, { env: { PATH: '/nowhere' } })).rejects.toMatchObject({
      code: 'CATA_PACKAGE_MANAGER_MISSING',
      message: expect.stringMatching(new RegExp(`/${name}" is .*, and there is no "${command}" on PATH\\.$`)),
      hint: expect.stringContaining('npm install --global'),
    });
  });

  it.each<[string, ManagerUnderTest, string, string]>([
    [
      'Yarn 4 for the lockfile of Yarn 1',
      'yarn4',
      locks['yarn.lock'],
      'Yarn 1 1.10.0 or newer, before 2.0.0',
    ],
    ['Yarn 1 for the lockfile of Yarn 4', 'yarn1', berry, 'Yarn 3.2.0 or newer'],
  ])('of another version is refused: %s', async (_, manager, text, wanted) => {
    const folder = writeFiles(temporaryFolder(), { 'package.json': { name: 'shop' }, 'yarn.lock': text });
    await expect(openDependencies(folder, { env: { PATH: pathOf(manager) } })).rejects.toMatchObject({
      code: 'CATA_PACKAGE_MANAGER_VERSION',
      message: expect.stringContaining(`needs ${wanted}`),
    });
  });

  it('comes from corepack where only that is there, once it was fetched on purpose', async () => {
    const { root: folder, env } = await lockedProject(pathOf, 'pnpm10', {
      'package.json': { name: 'shop', dependencies: { ms: '2.1.3' }, packageManager: 'pnpm@10.34.9' },
    });
    const bin = temporaryFolder();
    symlinkSync(process.execPath, join(bin, 'node'));
    symlinkSync(join(pathOf('corepack').split(delimiter)[0] ?? '', 'corepack'), join(bin, 'corepack'));
    const registry = env.npm_config_registry?.replace(/\/$/, '');
    const corepack = { COREPACK_HOME: join(bin, 'home'), COREPACK_NPM_REGISTRY: registry };
    const here = { ...env, ...corepack, PATH: bin };
    await expect(openDependencies(folder, { env: here })).rejects.toMatchObject({
      code: 'CATA_PACKAGE_MANAGER_NOT_FETCHED',
      hint: expect.stringContaining(`Run "corepack install" in "${folder}"`),
    });
    // A mirror need not have the registry's signatures.
    const fetching = { ...here, COREPACK_INTEGRITY_KEYS: '0', COREPACK_ENABLE_DOWNLOAD_PROMPT: '0' };
    await run(join(bin, 'corepack'), ['install'], { cwd: folder, env: fetching });
    const { layersOf } = await openDependencies(folder, { env: here });
    expect((await layersOf())[0]?.packages).toEqual(['ms@2.1.3']);
  });

  it('is chosen by package.json where there are lockfiles of two', async () => {
    const folder = writeFiles(temporaryFolder(), {
      ...locks,
      'package.json': { name: 'shop' },
      'package-lock.json': { lockfileVersion: 3, packages: { '': { name: 'shop' } } },
    });
    await expect(openDependencies(folder, { env: {} })).rejects.toMatchObject({
      code: 'CATA_LOCKFILES_SEVERAL',
      message: expect.stringContaining(': package-lock.json, pnpm-lock.yaml, yarn.lock, bun.lock.'),
    });
    writeFiles(folder, { 'package.json': { name: 'shop', packageManager: 'bun@1.4.5' } });
    await expect(openDependencies(folder, { env: {} })).rejects.toMatchObject({
      code: 'CATA_PACKAGE_MANAGER_MISSING',
      message: expect.stringContaining('bun.lock'),
    });
    writeFiles(folder, { 'package.json': { name: 'shop', packageManager: 'npm@11.0.0' } });
    expect((await openDependencies(folder, { env: {} })).source.root).toBe(folder);
  });

  it('that fails is quoted, with what to try', async () => {
    const project = await lockedProject(pathOf, 'pnpm10', {
      'package.json': { name: 'shop', dependencies: { ms: '2.1.3' } },
    });
    const env = { ...project.env, npm_config_registry: 'http://127.0.0.1:1', HOME: temporaryFolder() };
    const other = { ...env, XDG_DATA_HOME: temporaryFolder(), npm_config_fetch_retries: '0' };
    await expect(openDependencies(project.root, { env: other })).rejects.toMatchObject({
      code: 'CATA_INSTALL_FAILED',
      message: expect.stringMatching(
        /^pnpm does not install what ".*pnpm-lock\.yaml" names, for linux\/amd64:\n[\s\S]*127\.0\.0\.1:1/,
      ),
      hint: expect.stringContaining(`Does "pnpm install --frozen-lockfile" work in "${project.root}"?`),
    });
  });
});

describe('a lockfile', () => {
  it('that does not know the project is passed over, and missed where there is no other', async () => {
    const folder = writeFiles(temporaryFolder(), {
      'package.json': { name: 'shop' },
      'pnpm-lock.yaml': "lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n",
      'examples/one/package.json': { name: 'one' },
    });
    await expect(openDependencies(folder, { env: {}, workspace: 'examples/one' })).rejects.toMatchObject({
      code: 'CATA_LOCKFILE_MISSING',
      message: expect.stringContaining('examples/one'),
    });
  });
});

describe('an import', () => {
  it('of what does not go into the image is refused', async () => {
    const { root: folder, env } = await lockedProject(pathOf, 'pnpm10', {
      ...pnpmFiles,
      'package.json': { name: 'shop', private: true },
      'packages/api/package.json': {
        ...api('2.1.3'),
        dependencies: { ms: '2.1.3', '@shop/a': 'workspace:*', '@shop/b': 'workspace:*' },
      },
      'packages/a/package.json': { name: '@shop/a', dependencies: { ms: '2.1.2', 'is-number': '7.0.0' } },
      'packages/b/package.json': {
        name: '@shop/b',
        dependencies: { 'is-number': '6.0.0', 'is-odd': '3.0.1' },
      },
    });
    const { source } = await openDependencies(folder, { env, workspace: 'packages/api' });
    mkdirSync(join(folder, 'node_modules/vitest'), { recursive: true });
    const codeOf = (importer: string, name: string) => {
      const target = source.resolveImport(importer, name);
      return target.kind === 'refused' ? target.error.code : target.kind;
    };
    expect(codeOf('packages/api/main.ts', 'vitest')).toBe('CATA_IMPORT_NOT_PRODUCTION');
    rmSync(join(folder, 'node_modules'), { recursive: true });
    expect(codeOf('packages/api/main.ts', 'vitest')).toBe('source');
    // Another version than the application's, and one of two where the application has none.
    expect(codeOf('packages/a/index.ts', 'ms')).toBe('CATA_IMPORT_AMBIGUOUS');
    expect(codeOf('packages/a/index.ts', 'is-number')).toBe('CATA_IMPORT_AMBIGUOUS');
    expect(codeOf('packages/b/index.ts', 'is-odd')).toBe('package');
  });
});
