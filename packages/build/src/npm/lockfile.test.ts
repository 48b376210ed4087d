import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { writeFiles } from '../../testing/write-files.ts';
import { noInputs, RecordedInputs } from '../inputs/input-log.ts';
import { readLockfile } from './lockfile.ts';

describe('readLockfile', () => {
  it.each([2, 3])('reads version %i', async (lockfileVersion) => {
    const packages = {
      '': { name: 'shop' },
      'node_modules/a': { version: '1.0.0', cpu: 'x64', os: ['linux'] },
    };
    const content = { lockfileVersion, packages, dependencies: { a: { version: '1.0.0' } } };
    const folder = writeFiles(temporaryFolder(), { 'package-lock.json': content });
    const lockfile = await readLockfile(folder, noInputs);
    expect(lockfile).toMatchObject({ path: join(folder, 'package-lock.json'), root: folder, workspace: '' });
    // npm writes one string or a list.
    expect(lockfile.packages.get('node_modules/a')).toEqual({
      version: '1.0.0',
      cpu: ['x64'],
      os: ['linux'],
    });
  });

  it('takes npm-shrinkwrap.json before package-lock.json, as npm does', async () => {
    const folder = writeFiles(temporaryFolder(), {
      'npm-shrinkwrap.json': { lockfileVersion: 3, packages: { '': { name: 'shrunk' } } },
      'package-lock.json': { lockfileVersion: 3, packages: { '': { name: 'locked' } } },
    });
    const inputs = new RecordedInputs();
    const lockfile = await readLockfile(folder, inputs);
    expect(lockfile.path).toBe(join(folder, 'npm-shrinkwrap.json'));
    expect(lockfile.packages.get('')).toEqual({ name: 'shrunk' });
    expect(inputs.inputs.files).toEqual([lockfile.path]);
  });

  it('finds the one of the workspaces from below', async () => {
    const packages = { '': {}, 'apps/shop': { name: 'shop' } };
    const root = writeFiles(temporaryFolder(), {
      'package-lock.json': { lockfileVersion: 3, packages },
      'apps/shop/package.json': {},
    });
    expect(await readLockfile(join(root, 'apps/shop'), noInputs)).toMatchObject({
      root,
      workspace: 'apps/shop',
    });
  });

  it('passes over one that does not know the folder', async () => {
    const root = writeFiles(temporaryFolder(), {
      'package-lock.json': { lockfileVersion: 3, packages: { '': {}, 'tools/shop': {} } },
      'tools/package-lock.json': { lockfileVersion: 3, packages: { '': {} } },
      'tools/shop/package.json': {},
      'other/package.json': {},
    });
    expect(await readLockfile(join(root, 'tools/shop'), noInputs)).toMatchObject({
      root,
      workspace: 'tools/shop',
    });
    await expect(readLockfile(join(root, 'other'), noInputs)).rejects.toMatchObject({
      code: 'CATA_LOCKFILE_MISSING',
      message: expect.stringContaining(join(root, 'other/package-lock.json')),
    });
  });

  it.each([
    ['version 1', { lockfileVersion: 1, dependencies: {} }, 'CATA_LOCKFILE_VERSION', 'lockfileVersion 1;'],
    [
      'a version to come',
      { lockfileVersion: 4, packages: {} },
      'CATA_LOCKFILE_VERSION',
      'lockfileVersion 4;',
    ],
    ['null', 'null', 'CATA_LOCKFILE_VERSION', 'lockfileVersion undefined;'],
    ['half a file', '{"lockfileVersion": 3,', 'CATA_JSON_INVALID', 'JSON'],
    ['another shape', { lockfileVersion: 3, packages: { '': 7 } }, 'CATA_JSON_INVALID', 'packages[""]'],
    ['no packages', { lockfileVersion: 3 }, 'CATA_JSON_INVALID', '"packages" is no object'],
    [
      'an entry of another shape',
      { lockfileVersion: 3, packages: { 'node_modules/a': { version: 1 } } },
      'CATA_JSON_INVALID',
      'packages["node_modules/a"].version is no text',
    ],
    [
      'needs of another shape',
      { lockfileVersion: 3, packages: { a: { dependencies: ['b'] } } },
      'CATA_JSON_INVALID',
      'packages["a"].dependencies is no object',
    ],
    [
      'platforms of another shape',
      { lockfileVersion: 3, packages: { a: { os: {} } } },
      'CATA_JSON_INVALID',
      'packages["a"].os is no list',
    ],
  ])('refuses %s', async (_, content, code, text) => {
    const folder = writeFiles(temporaryFolder(), { 'package-lock.json': content });
    await expect(readLockfile(folder, noInputs)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(text),
    });
  });
});
