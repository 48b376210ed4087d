import { afterAll, beforeAll, expect, it } from 'vitest';
import { requireTools } from '../packages/run/src/testing/require-tool.ts';
import { startRegistry } from './support/docker-registry.ts';
import { type FixtureProject, fixtureProject } from './support/fixture-project.ts';
import { type PackedProgram, packProgram } from './support/packed-program.ts';
import { runCatamaran } from './support/run-catamaran.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const tools = await requireTools('docker-registry');
let packed: PackedProgram;
let project: FixtureProject;

beforeAll(async () => {
  [packed, project] = await Promise.all([packProgram(), fixtureProject()]);
}, 60_000);
afterAll(async () => {
  await project[Symbol.asyncDispose]();
  await packed[Symbol.asyncDispose]();
});

const catamaran = (...args: string[]) => runCatamaran(args, { cwd: project.folder, program: packed.path });

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

it('the packed program judges a Dockerfile, by what it loads for that alone', async () => {
  await project.write('Dockerfile', 'FROM --platform=linux/amd64 node:24\n');
  const { exitCode, stdout } = await catamaran('check', 'Dockerfile', '-p', 'linux/arm64');
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining('dockerfile-constant-platform')]);
});

it.skipIf(!tools)(
  'the packed program puts an image into a registry, and finds it there',
  async () => {
    await using registry = await startRegistry(temporaryFolder());
    const reference = `${registry.address}/fixture:1`;
    const { stdout, exitCode } = await catamaran('push', '.', reference, '--quiet');
    const digest = await catamaran('digest', reference);
    expect([exitCode, stdout]).toEqual([0, `${reference}@${digest.stdout}`]);
  },
  120_000,
);
