import { join } from 'node:path';
import { createContext } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { commitFiles } from '../../testing/git-repository.ts';
import { lockedProject } from '../../testing/locked-project.ts';
import { npmEnvironment } from '../../testing/npm-command.ts';
import { registryContent } from '../../testing/npm-fixtures.ts';
import { expectNpms, installedByUs } from '../../testing/npm-oracle.ts';
import { startPackageRegistry } from '../../testing/package-registry.ts';
import { requirePrograms } from '../../testing/require-programs.ts';
import { targetOf } from '../../testing/target-of.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { writeFiles } from '../../testing/write-files.ts';

const ctx = createContext();
const amd64 = targetOf('linux/amd64');

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
