import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { verifyCache } from '@catamaran/build/cache';
import { createContext, file } from '@catamaran/oci';
import { expect, it } from 'vitest';
import { integrityOf, packTarball } from '../packages/build/testing/npm-registry.ts';
import { helloProgram } from '../packages/oci/src/testing/hello-program.ts';
import { type LocalProject, localProject } from './support/local-project.ts';
import { packProgram } from './support/packed-program.ts';

const kills = 50;
/** Packages that are small, one that goes through a file, and native ones of each platform. */
const small = Array.from({ length: 12 }, (_, at) => `small-${at}`);
const native = { 'native-x64': 'amd64', 'native-arm64': 'arm64' } as const;

async function tarballs(): Promise<Record<string, Uint8Array>> {
  const made: Record<string, Uint8Array> = {
    large: await packTarball([
      file('package/noise', randomBytes(3_000_000)),
      file('package/package.json', '{}'),
    ]),
  };
  for (const name of small)
    made[name] = await packTarball({ 'package.json': '{}', 'index.js': name.repeat(5000) });
  for (const [name, architecture] of Object.entries(native)) {
    const program = file('package/addon', helloProgram(architecture, name), 0o755);
    made[name] = await packTarball([program, file('package/package.json', '{}')]);
  }
  return made;
}

async function writeLockfile(project: LocalProject, packages: Record<string, Uint8Array>): Promise<void> {
  const needs = {
    dependencies: Object.fromEntries(['large', ...small].map((name) => [name, '1.0.0'])),
    optionalDependencies: { 'native-x64': '1.0.0', 'native-arm64': '1.0.0' },
  };
  const manifest = { name: 'fixture', version: '1.0.0', type: 'module', ...needs };
  const cpu = (name: string) =>
    name.startsWith('native-') ? { os: ['linux'], cpu: [name.slice(7)], optional: true } : {};
  const locked = Object.entries(packages).map(([name, tarball]) => [
    `node_modules/${name}`,
    { version: '1.0.0', integrity: integrityOf(tarball), ...cpu(name) },
  ]);
  await project.write('package.json', JSON.stringify(manifest));
  const lockfile = {
    ...manifest,
    lockfileVersion: 3,
    packages: { '': manifest, ...Object.fromEntries(locked) },
  };
  await project.write('package-lock.json', JSON.stringify(lockfile));
}

/** Blobs are named by their digests; what is torn has another one. */
async function requireWholeLayout(project: LocalProject): Promise<void> {
  const folder = join(project.folder, '.catamaran', 'layout', 'blobs', 'sha256');
  for (const name of await readdir(folder)) {
    if (name.endsWith('.tmp')) continue;
    expect(
      createHash('sha256')
        .update(await readFile(join(folder, name)))
        .digest('hex'),
    ).toBe(name);
  }
}

const forget = async (project: LocalProject) => {
  await rm(project.cacheHome, { recursive: true, force: true });
  await rm(join(project.folder, '.catamaran'), { recursive: true, force: true });
};

it(`a build that was killed at any moment leaves nothing that the next one stumbles over (${kills} times)`, async () => {
  const packages = await tarballs();
  await using project = await localProject(packages);
  await using packed = await packProgram();
  const build = (killWhen?: AbortSignal) =>
    project.run(['build', '-q'], { program: packed.path, ...(killWhen ? { killWhen } : {}) });
  await writeLockfile(project, packages);
  await build();
  await forget(project);
  const started = performance.now();
  const clean = await build();
  expect([clean.exitCode, clean.stderr]).toEqual([0, '']);
  const durationMs = performance.now() - started;
  let killed = 0;
  for (let at = 0; at < kills; at++) {
    await forget(project);
    const afterMs = Math.random() * durationMs;
    const stop = new AbortController();
    const building = build(stop.signal);
    await delay(afterMs);
    stop.abort();
    if ((await building).signal === 'SIGKILL') killed++;
    const when = `killed after ${afterMs.toFixed(0)} ms of ${durationMs.toFixed(0)}`;
    const { exitCode, stdout } = await build();
    expect([when, exitCode, stdout]).toEqual([when, 0, clean.stdout]);
    const { damaged } = await verifyCache(join(project.cacheHome, 'catamaran'), createContext());
    expect([when, damaged]).toEqual([when, []]);
    await requireWholeLayout(project);
  }
  // Some have ended before; a test that kills nothing says nothing.
  expect(killed).toBeGreaterThan(kills / 2);
}, 600_000);
