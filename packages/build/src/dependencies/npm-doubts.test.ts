import { createContext } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { editLockfile, lockedProject } from '../../testing/locked-project.ts';
import { npm } from '../../testing/npm-command.ts';
import { registryContent } from '../../testing/npm-fixtures.ts';
import { expectNpms, installedByUs } from '../../testing/npm-oracle.ts';
import { startPackageRegistry } from '../../testing/package-registry.ts';
import { targetOf } from '../../testing/target-of.ts';

const ctx = createContext();
const amd64 = targetOf('linux/amd64');

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
