import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { createContext } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { commitFiles, startGitServer } from '../../testing/git-repository.ts';
import { recordingContext } from '../../testing/layer-tools.ts';
import { npm, npmEnvironment } from '../../testing/npm-command.ts';
import { installedByNpm, installedByUs, nameOf, type OracleCase } from '../../testing/npm-oracle.ts';
import { integrityOf } from '../../testing/npm-registry.ts';
import {
  type PublishedPackage,
  type RegistryContent,
  startPackageRegistry,
  tarballOf,
} from '../../testing/package-registry.ts';
import { requirePrograms } from '../../testing/require-programs.ts';
import { startServer } from '../../testing/start-server.ts';
import { targetOf } from '../../testing/target-of.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { writeFiles } from '../../testing/write-files.ts';
import { RecordedInputs } from '../inputs/input-log.ts';
import type { Target } from '../target/target.ts';

const ctx = createContext();
const targets = (['glibc', 'musl'] as const).flatMap((libc) =>
  ['linux/amd64', 'linux/arm64'].map((platform) => targetOf(platform, libc)),
);
const amd64 = targetOf('linux/amd64');

const pack = (
  name: string,
  version: string,
  more: object = {},
  files: RegistryContent['files'] = {},
): RegistryContent => ({
  package: { name, version, ...more } as PublishedPackage,
  files,
});
const script = '#!/usr/bin/env node\nconsole.log(1);\n';
const platformPackages = [
  'linux-x64-gnu',
  'linux-x64-musl',
  'linux-arm64-gnu',
  'linux-arm64-musl',
  'darwin-arm64',
];
const platformOf = (name: string) => ({
  os: [name.split('-')[0]],
  cpu: [name.split('-')[1]],
  ...(name.endsWith('gnu') ? { libc: ['glibc'] } : name.endsWith('musl') ? { libc: ['musl'] } : {}),
});

const registryContent: readonly RegistryContent[] = [
  pack(
    'plain',
    '1.0.0',
    { dependencies: { shared: '^1.0.0' } },
    { 'lib/deep/a.js': 'a', '.gitignore': 'x', 'sub/.gitignore': 'y', 'sub/.npmignore': 'z' },
  ),
  pack('plain', '2.0.0', { dependencies: { shared: '^2.0.0' } }),
  pack('shared', '1.5.0'),
  pack('shared', '2.5.0'),
  pack(
    '@scope/pkg',
    '1.0.0',
    { dependencies: { plain: '^1.0.0' }, bin: { pkg: 'bin/pkg.js', gone: 'not/there.js' } },
    { 'bin/pkg.js': script },
  ),
  pack(
    'cli',
    '1.0.0',
    { bin: './cli.js', dependencies: { shared: '^1.0.0', tool: '1' } },
    { 'cli.js': script, 'run.sh*': '#!/bin/sh\n' },
  ),
  pack(
    'tool',
    '1.0.0',
    { bin: { tool: 'tool.js', cli: 'other.js' } },
    { 'tool.js': script.replace('\n', '\r\n'), 'other.js': script },
  ),
  pack('tool', '2.0.0', { bin: { tool: 'tool.js' } }, { 'tool.js': script }),
  pack(
    'bundler',
    '1.0.0',
    { dependencies: { inner: '1.0.0' }, bundleDependencies: ['inner'] },
    {
      'node_modules/inner/package.json': JSON.stringify({
        name: 'inner',
        version: '1.0.0',
        bin: { inner: 'inner.js' },
      }),
      'node_modules/inner/inner.js': script,
    },
  ),
  pack('inner', '1.0.0', { bin: { inner: 'inner.js' } }, { 'inner.js': script }),
  pack('plugin', '1.0.0', {
    peerDependencies: { host: '^1.0.0', extra: '*', never: '*' },
    peerDependenciesMeta: { extra: { optional: true }, never: { optional: true } },
  }),
  pack('host', '1.0.0'),
  pack('host', '2.0.0'),
  pack('extra', '1.0.0'),
  pack('native', '1.0.0', {
    optionalDependencies: Object.fromEntries(platformPackages.map((name) => [`@native/${name}`, '1.0.0'])),
  }),
  ...platformPackages.map((name) =>
    pack(
      `@native/${name}`,
      '1.0.0',
      {
        ...platformOf(name),
        dependencies: name.includes('x64') ? { shared: '^2.0.0' } : {},
        bin: { [`native-${name.split('-')[1]}`]: 'n.js' },
      },
      { 'n.js': script },
    ),
  ),
  pack('not-windows', '1.0.0', { os: ['!win32'], cpu: ['any'] }),
  pack('only-mac', '1.0.0', { os: ['darwin'] }),
  pack('wants-mac', '1.0.0', { dependencies: { 'only-mac': '1', shared: '^1.0.0' } }),
  pack('from-the-future', '1.0.0', { engines: { node: '>=999' } }),
  pack('dev-only', '1.0.0', { dependencies: { extra: '1' }, bin: { dev: 'index.js' } }),
  pack('overridden', '1.0.0', { dependencies: { shared: '^1.0.0' } }),
  pack(
    'shrunk',
    '1.0.0',
    { dependencies: { plain: '*' }, _hasShrinkwrap: true },
    {
      'npm-shrinkwrap.json': JSON.stringify({
        name: 'shrunk',
        lockfileVersion: 3,
        packages: {
          '': { name: 'shrunk', version: '1.0.0', dependencies: { plain: '*' } },
          'node_modules/plain': { version: '1.0.0', dependencies: { shared: '^1.0.0' } },
          'node_modules/shared': { version: '1.5.0' },
        },
      }),
    },
  ),
];

const everything = {
  name: 'everything',
  version: '1.0.0',
  dependencies: {
    '@scope/pkg': '^1.0.0',
    plain: '^2.0.0',
    'plain-one': 'npm:plain@^1.0.0',
    cli: '1.0.0',
    bundler: '^1.0.0',
    plugin: '^1.0.0',
    native: '1.0.0',
    overridden: '1.0.0',
    shrunk: '1.0.0',
  },
  optionalDependencies: {
    'not-windows': '1.0.0',
    'only-mac': '1.0.0',
    'wants-mac': '1.0.0',
    'from-the-future': '1.0.0',
  },
  devDependencies: { 'dev-only': '1.0.0', tool: '2.0.0' },
  overrides: { overridden: { shared: '2.5.0' } },
};

/** Workspaces of which one is the application, and a folder that is none. */
async function monorepo() {
  const vendored = pack(
    'vendored',
    '3.0.0',
    { bin: 'v.js', dependencies: { shared: '^1.0.0' } },
    { 'v.js': script },
  );
  return {
    'package.json': { name: 'root', workspaces: ['apps/*', 'libs/*'], dependencies: { plain: '^2.0.0' } },
    'apps/shop/package.json': {
      name: 'shop',
      dependencies: {
        lib: '*',
        '@own/other': '1.0.0',
        side: 'file:../../side',
        host: '^2.0.0',
        vendored: 'file:vendored.tgz',
      },
    },
    'apps/shop/vendored.tgz': await tarballOf(vendored),
    'apps/unrelated/package.json': { name: 'unrelated', dependencies: { inner: '1.0.0' } },
    'libs/lib/package.json': {
      name: 'lib',
      version: '1.0.0',
      bin: { lib: 'lib.js' },
      files: ['dist'],
      dependencies: { shared: '^2.0.0', host: '^1.0.0' },
      devDependencies: { 'dev-only': '1.0.0' },
    },
    'libs/lib/lib.js': script,
    'libs/lib/src/index.ts': 'source',
    'libs/lib/dist/index.js': 'made',
    'libs/lib/.gitignore': 'dist',
    'libs/other/package.json': {
      name: '@own/other',
      version: '1.0.0',
      dependencies: { lib: '^1.0.0', tool: '1.0.0' },
    },
    'libs/other/index.js': 'other',
    'libs/other/secret.env': 'secret',
    'libs/other/.npmignore': '*.env',
    'side/package.json': { name: 'side', version: '1.0.0', dependencies: { shared: '^1.0.0' } },
    'side/index.js': 'side',
  };
}

/** A project whose lockfile npm has made. */
async function lockedProject(registry: string, files: Readonly<Record<string, unknown>>, ...flags: string[]) {
  const home = temporaryFolder();
  const root = writeFiles(join(home, 'work/project'), files);
  const env = npmEnvironment(registry, home);
  await npm(root, env, 'install', '--package-lock-only', ...flags);
  return { root, env };
}

function editLockfile(root: string, edit: (packages: Record<string, Record<string, unknown>>) => void): void {
  const path = join(root, 'package-lock.json');
  const lockfile = JSON.parse(readFileSync(path, 'utf8'));
  edit(lockfile.packages);
  writeFileSync(path, JSON.stringify(lockfile));
}

async function expectNpms(oracle: OracleCase, target: Target, context = ctx) {
  const [ours, npms] = [await installedByUs(oracle, target, context), await installedByNpm(oracle, target)];
  expect(Object.keys(npms).length).toBeGreaterThan(0);
  expect(ours).toEqual(npms);
  return ours;
}

describe('the packages of an image are those that npm installs', () => {
  it('of a registry: versions, aliases, bundles, peers, overrides, commands, platforms', {
    timeout: 60_000,
  }, async () => {
    await using registry = await startPackageRegistry(registryContent);
    const project = await lockedProject(registry.url, { 'package.json': everything });
    for (const target of targets) {
      const tree = await expectNpms(project, target);
      expect(
        Object.keys(tree).filter((path) => /@native\/[^/]+\/package.json$/.test(path)),
        nameOf(target),
      ).toHaveLength(1);
    }
  });

  it('of folders that npm was told to copy', { timeout: 30_000 }, async () => {
    await using registry = await startPackageRegistry(registryContent);
    const project = await lockedProject(registry.url, {
      '.npmrc': 'install-links=true\n',
      'package.json': { name: 'copies', dependencies: { folder: 'file:folder' } },
      'folder/package.json': {
        name: 'folder',
        version: '1.0.0',
        bin: { folder: 'cli.js' },
        files: ['lib', 'run.sh'],
        dependencies: { shared: '^1.0.0' },
      },
      'folder/cli.js': script,
      'folder/lib/index.js': 'lib',
      'folder/run.sh': '#!/bin/sh',
      'folder/test.js': 'not packed',
    });
    chmodSync(join(project.root, 'folder/run.sh'), 0o755);
    const tree = await expectNpms({ ...project, links: [] }, amd64);
    expect(tree['node_modules/folder/cli.js']).toMatch(/^executable/);
    expect(tree['node_modules/folder/test.js']).toBeUndefined();
  });

  it('of a lockfile without peers, as legacy-peer-deps makes it, with a warning', {
    timeout: 30_000,
  }, async () => {
    await using registry = await startPackageRegistry(registryContent);
    const project = await lockedProject(registry.url, {
      '.npmrc': 'legacy-peer-deps=true\n',
      'package.json': {
        name: 'legacy',
        dependencies: { plugin: '1.0.0' },
        devDependencies: { extra: '1.0.0' },
      },
    });
    const { ctx: recording, warnings } = recordingContext();
    const tree = await expectNpms(project, amd64, recording);
    expect(Object.keys(tree).filter((path) => path.endsWith('package.json'))).toEqual([
      'node_modules/plugin/package.json',
    ]);
    expect(warnings).toEqual([expect.stringMatching(/^"plugin" wants "host" \(\^1\.0\.0\) beside it/)]);
  });

  it.skipIf(!requirePrograms('git'))(
    'of git commits, on disk and from a server',
    { timeout: 40_000 },
    async () => {
      await using registry = await startPackageRegistry(registryContent);
      const folder = temporaryFolder();
      const local = commitFiles(join(folder, 'local'), {
        'package.json': {
          name: 'local',
          version: '1.0.0',
          files: ['lib', '*.sh'],
          bin: 'cli.js',
          dependencies: { shared: '^1.0.0' },
        },
        'cli.js': script,
        'lib/index.js': 'lib',
        'test/index.js': 'not packed',
      });
      const served = commitFiles(join(folder, 'served'), {
        'package.json': { name: 'served', version: '1.0.0', scripts: { test: 'true', build: 'false' } },
        'index.js': 'served',
        '.gitignore': 'out',
      });
      await using server = await startGitServer(folder);
      const project = await lockedProject(registry.url, {
        'package.json': {
          name: 'gits',
          dependencies: { local: `git+file://${folder}/local#${local}`, served: `${server.url}/served#main` },
        },
      });
      expect(readFileSync(join(project.root, 'package-lock.json'), 'utf8')).toContain(`/served#${served}`);
      const tree = await expectNpms(project, amd64);
      expect(tree['node_modules/local/cli.js']).toMatch(/^executable/);
      expect(tree['node_modules/local/test/index.js']).toBeUndefined();
    },
  );

  it('of tarballs at addresses, with every integrity that there is, and with none', {
    timeout: 30_000,
  }, async () => {
    await using registry = await startPackageRegistry(registryContent);
    const names = ['one', 'two', 'three', 'none'];
    const tarballs = new Map<string, Uint8Array>();
    for (const name of names)
      tarballs.set(
        `/${name}.tgz`,
        await tarballOf(pack(name, '1.0.0', { dependencies: { shared: '^1.0.0' } })),
      );
    await using server = await startServer((request, response) => {
      const tarball = tarballs.get(request.url?.replace(/\?.*/, '') ?? '');
      response.writeHead(tarball ? 200 : 404).end(tarball);
    });
    const dependencies = Object.fromEntries(
      names.map((name) => [name, `${server.url}/${name}.tgz?key=s3cret`]),
    );
    const project = await lockedProject(registry.url, {
      'package.json': { name: 'addresses', dependencies },
    });
    const bytesOf = (name: string) => tarballs.get(`/${name}.tgz`) ?? new Uint8Array();
    editLockfile(project.root, (packages) => {
      const entry = (name: string) => packages[`node_modules/${name}`] ?? {};
      entry('two').integrity = integrityOf(bytesOf('two'), 'sha1');
      entry('three').integrity = `${integrityOf(bytesOf('one'), 'sha1')} ${integrityOf(bytesOf('three'))}`;
      delete entry('none').integrity;
    });
    const { ctx: recording, warnings } = recordingContext();
    await expectNpms(project, amd64, recording);
    expect(warnings).toEqual([
      `The lockfile has no integrity for "none": nothing tells whether what is at ${server.url}/none.tgz is still what it was.`,
    ]);

    tarballs.set('/two.tgz', bytesOf('one'));
    await expect(
      installedByUs({ ...project, env: npmEnvironment(registry.url, temporaryFolder()) }, amd64, ctx),
    ).rejects.toMatchObject({
      code: 'CATA_PACKAGE_INTEGRITY',
    });
  });

  it('of a scope with a registry and a token of its own, as .npmrc and the environment say', {
    timeout: 30_000,
  }, async () => {
    await using common = await startPackageRegistry(registryContent);
    await using own = await startPackageRegistry(
      [pack('@own/secret', '1.0.0', { dependencies: { shared: '^1.0.0' } })],
      't0ken',
    );
    const npmrc = `@own:registry=${own.url}/\n${own.url.slice('http:'.length)}/:_authToken=\${OWN_TOKEN}\n`;
    const manifest = { name: 'scoped', dependencies: { '@own/secret': '1.0.0' } };
    const home = temporaryFolder();
    const root = writeFiles(join(home, 'work/project'), { '.npmrc': npmrc, 'package.json': manifest });
    const env = { ...npmEnvironment(common.url, home), OWN_TOKEN: 't0ken' };
    await npm(root, env, 'install', '--package-lock-only', '--omit-lockfile-registry-resolved');
    await expectNpms({ root, env }, amd64);
    expect(common.requests.filter((path) => path.includes('secret'))).toEqual([]);

    const elsewhere = { ...npmEnvironment(common.url, temporaryFolder()), OWN_TOKEN: 'wr0ng' };
    const error = await installedByUs({ root, env: elsewhere }, amd64, ctx).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({
      code: 'CATA_PACKAGE_UNAVAILABLE',
      message: expect.stringMatching(/@own\/secret@1.0.0 .*401/),
    });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('wr0ng');
  });

  it('from a lockfile of version 2, without addresses', { timeout: 30_000 }, async () => {
    await using registry = await startPackageRegistry(registryContent);
    const flags = ['--lockfile-version=2', '--omit-lockfile-registry-resolved'];
    const project = await lockedProject(registry.url, { 'package.json': everything }, ...flags);
    const text = readFileSync(join(project.root, 'package-lock.json'), 'utf8');
    expect(text).toContain('"lockfileVersion": 2');
    expect(text).not.toContain('"resolved": "http');
    await expectNpms(project, amd64);
  });

  it('of workspaces and of other folders, which npm links', { timeout: 30_000 }, async () => {
    await using registry = await startPackageRegistry(registryContent);
    const project = await lockedProject(registry.url, await monorepo());
    const shop = { ...project, workspace: 'apps/shop' };
    const tree = await expectNpms(shop, amd64);
    expect(tree['node_modules/lib']).toBe('-> ../libs/lib');
    expect(tree['node_modules/inner/package.json']).toBeUndefined();

    const bundled = await installedByUs({ ...shop, links: [] }, amd64, ctx);
    const links = Object.entries(tree).filter(
      ([path, text]) => /^-> (\.\.\/)+(libs|side|apps)/.test(text) || path.endsWith('.bin/lib'),
    );
    expect(links.length).toBe(5);
    expect(bundled).toEqual(
      Object.fromEntries(Object.entries(tree).filter(([path]) => !links.some(([link]) => link === path))),
    );
  });
});

describe.skipIf(!requirePrograms('git'))('a git dependency', () => {
  const prepared = { name: 'prepared', version: '1.0.0', scripts: { prepare: 'tsc -b' } };

  it('whose files would have to be made is refused, unless what is there is enough', {
    timeout: 30_000,
  }, async () => {
    await using registry = await startPackageRegistry(registryContent);
    const folder = temporaryFolder();
    const commit = commitFiles(join(folder, 'prepared'), { 'package.json': prepared, 'index.ts': '' });
    const project = await lockedProject(registry.url, {
      'package.json': {
        name: 'project',
        dependencies: { prepared: `git+file://${folder}/prepared#${commit}` },
      },
    });
    const refusal = {
      code: 'CATA_PACKAGE_PREPARE',
      message: expect.stringContaining('tsc -b'),
      hint: expect.stringContaining('app.native["prepared"]'),
    };
    await expect(installedByUs(project, amd64, ctx)).rejects.toMatchObject(refusal);
    const skipping = { ...project, app: { native: { prepared: 'skip' as const } } };
    expect(Object.keys(await expectNpms(skipping, amd64))).toEqual([
      'node_modules/prepared/index.ts',
      'node_modules/prepared/package.json',
    ]);
    // It is known by then, and refused all the same.
    await expect(installedByUs(project, amd64, ctx)).rejects.toMatchObject(refusal);
  });

  it('that cannot be had says why, and nothing of passwords', { timeout: 30_000 }, async () => {
    await using registry = await startPackageRegistry([]);
    const resolved = `git+file://me:s3cret@host.test${temporaryFolder()}/gone#${'0'.repeat(40)}`;
    const root = writeFiles(temporaryFolder(), {
      'package.json': { name: 'project', dependencies: { gone: resolved } },
      'package-lock.json': {
        lockfileVersion: 3,
        packages: {
          '': { dependencies: { gone: resolved } },
          'node_modules/gone': { version: '1.0.0', resolved },
        },
      },
    });
    const failure = installedByUs({ root, env: npmEnvironment(registry.url, temporaryFolder()) }, amd64, ctx);
    const error = await failure.catch((thrown: Error) => thrown);
    expect(error).toMatchObject({
      code: 'CATA_PACKAGE_GIT',
      message: expect.stringMatching(/^The package "gone" cannot be had from git.*gone#0/),
    });
    expect((error as Error).message).not.toContain('s3cret');
  });
});

describe('a lockfile that an older npm has pruned', () => {
  it('is refused for the platform that it lacks, and mended by the command that the error names', {
    timeout: 30_000,
  }, async () => {
    await using registry = await startPackageRegistry(registryContent);
    const project = await lockedProject(registry.url, {
      'package.json': { name: 'pruned', dependencies: { native: '1.0.0' } },
    });
    editLockfile(project.root, (packages) => {
      for (const location of Object.keys(packages)) {
        if (location.includes('@native/') && !location.endsWith('linux-x64-gnu')) delete packages[location];
      }
    });
    await expect(installedByUs(project, amd64, ctx)).resolves.toBeDefined();
    const refusal = installedByUs(project, targetOf('linux/arm64', 'musl'), ctx);
    await expect(refusal).rejects.toMatchObject({
      code: 'CATA_NATIVE_PACKAGE_MISSING',
      message: expect.stringMatching(/^"native" needs "@native\/linux-arm64-musl" on linux\/arm64 with musl/),
      hint: expect.stringContaining('npm@11 install --package-lock-only'),
    });
    const skipping = { ...project, app: { native: { native: 'skip' as const } } };
    await expect(installedByUs(skipping, targetOf('linux/arm64'), ctx)).resolves.toHaveProperty([
      'node_modules/native/index.js',
    ]);
    if (Number.parseInt(await npm(project.root, project.env, '--version'), 10) < 11) return;
    await npm(project.root, project.env, 'install', '--package-lock-only');
    await expectNpms(project, targetOf('linux/arm64', 'musl'));
  });
});

describe('a folder that is linked', () => {
  it('may be one of several, with those that it needs', { timeout: 30_000 }, async () => {
    await using registry = await startPackageRegistry(registryContent);
    const project = await lockedProject(registry.url, await monorepo());
    const tree = await installedByUs(
      { ...project, workspace: 'apps/shop', links: ['@own/other'] },
      amd64,
      ctx,
    );
    expect(Object.entries(tree).filter(([, text]) => /^-> .*(libs|side|apps)\//.test(text))).toEqual([
      ['node_modules/@own/other', '-> ../../libs/other'],
      ['node_modules/lib', '-> ../libs/lib'],
    ]);
    expect(tree['node_modules/.bin/lib']).toBe('-> ../lib/lib.js');
  });

  it('is read only when the project’s own command has made what it makes', { timeout: 30_000 }, async () => {
    await using registry = await startPackageRegistry(registryContent);
    const project = await lockedProject(registry.url, {
      'package.json': { name: 'made', dependencies: { lib: 'file:lib' } },
      'lib/package.json': { name: 'lib', version: '1.0.0', files: ['dist'] },
    });
    const built = new Promise<void>((resolve) => setTimeout(resolve, 100)).then(() => {
      writeFiles(project.root, { 'lib/dist/index.js': 'made' });
    });
    const tree = await installedByUs({ ...project, built }, amd64, ctx, () => true);
    expect(Object.keys(tree)).toContain('lib/dist/index.js');
  });

  it('has the files that npm would pack, at its place', { timeout: 30_000 }, async () => {
    await using registry = await startPackageRegistry(registryContent);
    const project = await lockedProject(registry.url, await monorepo());
    const inputs = new RecordedInputs();
    const tree = await installedByUs({ ...project, workspace: 'apps/shop', inputs }, amd64, ctx, () => true);
    const own = Object.keys(tree).filter((path) => !path.includes('node_modules'));
    expect(own).toEqual([
      'libs/lib/dist/index.js',
      'libs/lib/lib.js',
      'libs/lib/package.json',
      'libs/other/index.js',
      'libs/other/package.json',
      'side/index.js',
      'side/package.json',
    ]);
    expect(tree['libs/lib/lib.js']).toMatch(/^executable/);
    const { files, folders } = inputs.inputs;
    const below = (path: string) => join(project.root, path);
    expect(files).toEqual(
      expect.arrayContaining(
        [
          '.npmrc',
          'apps/shop/.npmrc',
          'libs/lib/dist/index.js',
          'libs/other/.npmignore',
          'side/package.json',
        ].map(below),
      ),
    );
    expect(folders).toEqual(expect.arrayContaining(['libs/lib', 'libs/lib/src', 'side'].map(below)));
  });

  it('lies in node_modules itself when it is outside of the lockfile’s folder', {
    timeout: 30_000,
  }, async () => {
    await using registry = await startPackageRegistry(registryContent);
    const project = await lockedProject(registry.url, {
      'package.json': {
        name: 'inside',
        dependencies: { outside: 'file:../outside', plain: '^2.0.0', lib: 'file:lib' },
      },
      'lib/package.json': { name: 'lib', version: '1.0.0', dependencies: { outside: 'file:../../outside' } },
      '../outside/package.json': { name: 'outside', version: '1.0.0', bin: 'cli.js' },
      '../outside/cli.js': script,
    });
    const tree = await installedByUs(project, amd64, ctx);
    expect(tree).toMatchObject({
      'node_modules/.bin/outside': '-> ../outside/cli.js',
      'node_modules/outside/cli.js': expect.stringMatching(/^executable/),
      'node_modules/lib': '-> ../lib',
    });
    expect(Object.keys(tree).filter((path) => path.includes('..'))).toEqual([]);
    // npm leaves its packages to itself.
    const manifest = { name: 'outside', version: '1.0.0', bin: 'cli.js', dependencies: { plain: '^1.0.0' } };
    writeFiles(project.root, { '../outside/package.json': manifest });
    await npm(project.root, project.env, 'install', '--package-lock-only');
    await expect(installedByUs(project, amd64, ctx)).rejects.toMatchObject({
      code: 'CATA_FOLDER_OUTSIDE',
      message: expect.stringContaining('/outside" needs "plain", which'),
    });
    const bundled = await installedByUs({ ...project, links: [] }, amd64, ctx);
    expect(bundled['node_modules/plain/package.json']).toContain('2.0.0');
  });

  it('that has an install script is refused, unless it can do without; one that is not there is told', {
    timeout: 30_000,
  }, async () => {
    await using registry = await startPackageRegistry(registryContent);
    const project = await lockedProject(registry.url, {
      'package.json': { name: 'inside', dependencies: { addon: 'file:addon' } },
      'addon/package.json': { name: 'addon', version: '1.0.0', scripts: { install: 'node-gyp rebuild' } },
    });
    await expect(installedByUs(project, amd64, ctx)).rejects.toMatchObject({
      code: 'CATA_PACKAGE_INSTALL_SCRIPT',
      message: expect.stringContaining('node-gyp rebuild'),
    });
    await expect(installedByUs({ ...project, links: [] }, amd64, ctx)).resolves.toEqual({});
    const tree = await installedByUs({ ...project, app: { native: { addon: 'skip' } } }, amd64, ctx);
    expect(tree).toEqual({ 'node_modules/addon': '-> ../addon' });
    writeFiles(project.root, { 'addon/package.json': { name: 'addon', dependencies: { plain: '1' } } });
    await expect(installedByUs(project, amd64, ctx)).rejects.toMatchObject({
      code: 'CATA_LOCKFILE_DISAGREES',
    });
    rmSync(join(project.root, 'addon'), { recursive: true });
    await expect(installedByUs(project, amd64, ctx)).rejects.toMatchObject({
      code: 'CATA_FOLDER_MISSING',
      message: expect.stringContaining('/addon"'),
    });
  });
});
