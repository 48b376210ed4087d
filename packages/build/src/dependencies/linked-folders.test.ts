import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createContext } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { lockedProject } from '../../testing/locked-project.ts';
import { npm } from '../../testing/npm-command.ts';
import { monorepo, registryContent, script } from '../../testing/npm-fixtures.ts';
import { installedByUs } from '../../testing/npm-oracle.ts';
import { startPackageRegistry } from '../../testing/package-registry.ts';
import { targetOf } from '../../testing/target-of.ts';
import { writeFiles } from '../../testing/write-files.ts';
import { RecordedInputs } from '../inputs/input-log.ts';

const ctx = createContext();
const amd64 = targetOf('linux/amd64');

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
