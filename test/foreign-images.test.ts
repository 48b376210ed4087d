import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { startedDockerEngine } from '../packages/oci/src/testing/docker-engine/started-docker-engine.ts';
import { hasTools } from '../packages/oci/src/testing/tools.ts';
import { dockerBuild } from './foreign-images/docker-build.ts';
import {
  entrypoint,
  platform,
  putBaseImage,
  putOwnImage,
  user,
  writeBuildContext,
} from './foreign-images/planted-content.ts';
import { startRegistry } from './support/docker-registry.ts';
import { runCatamaran } from './support/run-catamaran.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
const context = join(folder, 'context');
const layout = join(folder, 'own');
const env = { XDG_CACHE_HOME: join(folder, 'cache') };
const containerifyVersion = '4.1.0';

interface Checked {
  readonly exitCode: number | null;
  /** Without digests of layers: other tools write other tars. */
  readonly findings: readonly Readonly<Record<string, unknown>>[];
  readonly elfFiles: number;
}

async function check(image: string): Promise<Checked> {
  const { stdout, stderr, exitCode } = await runCatamaran(['check', image, '--json', '-q'], {
    cwd: folder,
    env,
  });
  expect(stderr).toBe('');
  const [report, ...others] = JSON.parse(stdout).platforms;
  expect({ platform: report.platform, others }).toEqual({ platform, others: [] });
  const findings = report.findings.map(({ layer, ...finding }: { readonly layer?: string }) => finding);
  return { exitCode, findings, elfFiles: report.elfFiles };
}

function run(command: string, args: readonly string[]) {
  return promisify(execFile)(command, args, { cwd: folder, timeout: 120_000 });
}

let own: Checked;
beforeAll(async () => {
  await writeBuildContext(context);
  await putOwnImage(layout, 'own');
  await putBaseImage(layout, 'base');
  own = await check(`oci:${layout}:own`);
}, 60_000);

describe('an image of a right program, a wrong one, and one without its libraries', {
  timeout: 180_000,
}, () => {
  it('is judged when Catamaran made it', () => {
    expect(own).toMatchObject({ exitCode: 1, elfFiles: 3 });
    const told = own.findings.map(({ level, rule, path }) => `${level} ${rule} ${path}`);
    expect(told).toEqual(
      expect.arrayContaining([
        'error machine /app/wrong',
        'error interpreter /app/lost',
        'error needed /app/lost',
      ]),
    );
    expect(told.join()).not.toContain('/app/right');
  });

  it.skipIf(process.getuid?.() !== 0 || !hasTools('buildah'))(
    'is judged the same when buildah made it',
    async () => {
      const storage = ['--root', join(folder, 'buildah/root'), '--runroot', join(folder, 'buildah/run')];
      const buildah = (...args: readonly string[]) =>
        run('buildah', [...storage, '--storage-driver', 'vfs', ...args]);
      await buildah('bud', '--isolation', 'chroot', '--platform', platform, '--tag', 'app:1', context);
      for (const place of ['oci-archive:b1.tar:app:1', 'docker-archive:b2.tar:app:1', 'oci:b3:app']) {
        await buildah('push', 'app:1', place);
        expect(await check(place), place).toEqual(own);
      }
    },
  );

  it('is judged the same when Docker made it', async ({ skip }) => {
    const data = join(folder, 'docker');
    await mkdir(data);
    const engine = await startedDockerEngine(data);
    if (typeof engine === 'string') return skip(engine);
    const why = await dockerBuild(engine, ['--platform', platform, '--tag', 'app:1', context]);
    if (why !== undefined) return skip(why);
    await engine.docker('save', '--output', join(folder, 'd.tar'), 'app:1');
    expect(await check('docker-archive:d.tar')).toEqual(own);
  });

  it.skipIf(!hasTools('docker-registry'))('is judged the same when containerify made it', async () => {
    const [tool, registryFolder] = [join(folder, 'tool'), join(folder, 'registry')];
    await mkdir(registryFolder);
    await run('npm', [
      'install',
      '--prefix',
      tool,
      '--no-audit',
      '--no-fund',
      `containerify@${containerifyVersion}`,
    ]);
    await using registry = await startRegistry(registryFolder);
    const base = `${registry.address}/base:1`;
    const copied = await runCatamaran(['copy', `oci:${layout}:base`, base], { cwd: folder, env });
    expect(copied.exitCode, copied.stderr).toBe(0);
    for (const [option, place] of [
      ['--toOciLayout', 'oci-archive:c1.tar'],
      ['--toTar', 'docker-archive:c2.tar'],
    ] as const) {
      await run(process.execPath, [
        join(tool, 'node_modules/.bin/containerify'),
        ...[
          '--fromRegistry',
          `http://${registry.address}/v2/`,
          '--fromImage',
          'base:1',
          '--toImage',
          'app:1',
        ],
        ...['--platform', platform, '--folder', context, '--customContent', 'app,/app'],
        ...['--entrypoint', entrypoint, '--user', user],
        ...[option, join(folder, place.split(':')[1] ?? '')],
      ]);
      expect(await check(place), place).toEqual(own);
    }
  });
});
