import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repositoryFolder } from './support/repository.ts';
import { runCatamaran } from './support/run-catamaran.ts';

interface Linted {
  readonly findings: readonly { readonly rule: string; readonly line?: number }[];
}

const samples = ['bookstore', 'primes', 'releases'];

/** @param builder that both are held against, whatever machine this is */
async function findingsIn(sample: string, name: string, builder: string): Promise<Linted['findings']> {
  const path = join('samples', sample, name);
  const args = ['check', path, '--builder-platform', builder, '--json'];
  const { exitCode, stdout, stderr } = await runCatamaran(args, { cwd: repositoryFolder });
  expect(exitCode, stderr).toBe(0);
  return (JSON.parse(stdout) as Linted).findings;
}

it.each(samples)('the Dockerfile of %s emulates nothing, wherever it is built', async (sample) => {
  for (const builder of ['linux/amd64', 'linux/arm64'])
    expect(await findingsIn(sample, 'Dockerfile', builder)).toEqual([]);
});

it.each(samples)('its emulating one is told where: %s', async (sample) => {
  expect(await findingsIn(sample, 'Dockerfile.emulated', 'linux/amd64')).toEqual([
    expect.objectContaining({ rule: 'dockerfile-emulated', line: 10 }),
  ]);
});
