import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { createContext } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { commitFiles, startGitServer } from '../../testing/git-repository.ts';
import { recordingContext } from '../../testing/layer-tools.ts';
import { editLockfile, lockedProject } from '../../testing/locked-project.ts';
import { npm, npmEnvironment } from '../../testing/npm-command.ts';
import { everything, monorepo, pack, registryContent, script } from '../../testing/npm-fixtures.ts';
import { expectNpms, installedByUs, nameOf } from '../../testing/npm-oracle.ts';
import { integrityOf } from '../../testing/npm-registry.ts';
import { startPackageRegistry, tarballOf } from '../../testing/package-registry.ts';
import { requirePrograms } from '../../testing/require-programs.ts';
import { startServer } from '../../testing/start-server.ts';
import { targetOf } from '../../testing/target-of.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { writeFiles } from '../../testing/write-files.ts';

const ctx = createContext();
const targets = (['glibc', 'musl'] as const).flatMap((libc) =>
  ['linux/amd64', 'linux/arm64'].map((platform) => targetOf(platform, libc)),
);
const amd64 = targetOf('linux/amd64');

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
