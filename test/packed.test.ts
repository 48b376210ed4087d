import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FixtureProject, fixtureProject } from './support/fixture-project.ts';
import { type PackedProgram, packProgram } from './support/packed-program.ts';
import { runCatamaran } from './support/run-catamaran.ts';

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
