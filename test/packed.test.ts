import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FixtureProject, fixtureProject } from './support/fixture-project.ts';
import { repositoryFolder } from './support/repository.ts';
import { runCatamaran } from './support/run-catamaran.ts';

const run = promisify(execFile);
/** Below the repository's packages, where the dependencies that are not packed are found. */
const packed = join(repositoryFolder, 'node_modules', '.cache', 'catamaran-packed-test');
let project: FixtureProject;

beforeAll(async () => {
  const script = join(repositoryFolder, 'scripts', 'pack-program.ts');
  await run(process.execPath, ['--conditions=source', script, packed], { cwd: repositoryFolder });
  project = await fixtureProject();
}, 60_000);
afterAll(async () => {
  await project[Symbol.asyncDispose]();
  await rm(packed, { recursive: true, force: true });
});

const catamaran = (...args: string[]) =>
  run(process.execPath, [join(packed, 'bin', 'catamaran.js'), ...args], { cwd: project.folder });

it('the packed program builds what the one in the repository builds, and repeats it', async () => {
  const { stdout } = await catamaran('build', '--quiet');
  const fromSource = await runCatamaran(['build', '--quiet'], { cwd: project.folder });
  expect(stdout).toBe(fromSource.stdout);
  expect((await catamaran('build')).stderr).not.toContain('unchanged');
  const again = await catamaran('build');
  expect([again.stdout, again.stderr]).toEqual([stdout, expect.stringContaining('fixture unchanged')]);
}, 120_000);

it('the packed program knows its version and its commands', async () => {
  const { version } = (await import('../packages/cli/package.json', { with: { type: 'json' } })).default;
  expect((await catamaran('--version')).stdout).toBe(`${version}\n`);
  expect((await catamaran('--help')).stdout).toContain('compare [options] [dir]');
});
