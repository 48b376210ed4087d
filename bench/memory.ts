// The most memory that `catamaran build` takes for a project with more than 500 MB of packages, for both platforms.
// Prints the part of docs/benchmarks.md that has the figures.
// usage: npm run bench:memory [-- --rounds 2]
import { appendFile, cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Bench, withBench } from './support/bench.ts';
import { registryOf, withAddresses } from './support/lockfile.ts';
import { describeMachine } from './support/machine.ts';
import { markdownTable } from './support/markdown-table.ts';
import type { Measured } from './support/measure.ts';
import { median } from './support/median.ts';
import { fixtures } from './support/repository.ts';
import { tinyProject } from './support/tiny-project.ts';

const wantedBytes = 300e6;
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '2' } } });
const rounds = Number(values.rounds);

/** The large project in a folder of its own; its configuration finds catamaran, and nothing is installed. */
async function checkOut(bench: Bench): Promise<string> {
  const folder = join(bench.folder, 'large-tree');
  await cp(join(fixtures, 'large-tree'), folder, { recursive: true });
  const path = join(folder, 'package-lock.json');
  const lock = withAddresses(JSON.parse(await readFile(path, 'utf8')), await registryOf(bench));
  await writeFile(path, JSON.stringify(lock));
  await mkdir(join(folder, 'node_modules'));
  await symlink(bench.packageFolder, join(folder, 'node_modules', 'catamaran'));
  return folder;
}

/** What npm would install for a platform, in bytes; npm's cache has it all afterwards. */
async function unpackedBytes(bench: Bench, project: string, cpu: string): Promise<number> {
  const folder = join(bench.folder, 'unpacked');
  await mkdir(folder);
  for (const name of ['package.json', 'package-lock.json']) await cp(join(project, name), join(folder, name));
  const platform = ['--os=linux', '--libc=glibc', `--cpu=${cpu}`];
  const args = ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', ...platform];
  await bench.run('npm', args, { cwd: folder });
  const { stdout } = await bench.run('du', ['--bytes', '--summarize', folder]);
  await rm(folder, { recursive: true });
  return Number.parseInt(stdout, 10);
}

async function measureMemory(bench: Bench): Promise<string> {
  const cwd = await checkOut(bench);
  const sizes = [await unpackedBytes(bench, cwd, 'x64'), await unpackedBytes(bench, cwd, 'arm64')];
  const [filled, cacheFolder] = [join(bench.folder, 'filled'), join(bench.folder, 'cache')];
  const tiny = await tinyProject(bench, 'tiny');
  await bench.catamaran(['build', '.'], { cwd: tiny, cacheFolder: filled });
  const measured = new Map<string, Measured[]>();
  const build = async (name: string, env: NodeJS.ProcessEnv = {}) => {
    const result = await bench.catamaran(['build', '.'], { cwd, cacheFolder, env });
    measured.set(name, [...(measured.get(name) ?? []), result]);
    console.error(`${name}: ${(result.peakBytes / 1e6).toFixed(0)} MB, ${result.seconds.toFixed(1)} s`);
  };
  const empty = async () => {
    for (const path of [cacheFolder, join(cwd, '.catamaran')])
      await rm(path, { recursive: true, force: true });
  };
  await build('coldest, and npm’s cache empty', { npm_config_cache: join(bench.folder, 'empty') });
  for (let round = 1; round <= rounds; round++) {
    await empty();
    await build('coldest');
    await empty();
    await cp(filled, cacheFolder, { recursive: true, preserveTimestamps: true });
    await build('first');
    await build('no change');
    await appendFile(join(cwd, 'src', 'main.ts'), `export const round${round} = ${round};\n`);
    await build('one line changed');
  }
  return describe(measured, sizes);
}

function describe(measured: ReadonlyMap<string, readonly Measured[]>, sizes: readonly number[]): string {
  const megabytes = (bytes: readonly number[]) => (Math.max(...bytes) / 1e6).toFixed(0);
  const rows = [...measured].map(([name, results]) => [
    name,
    megabytes(results.map(({ peakBytes }) => peakBytes)),
    megabytes(results.map(({ familyPeakBytes }) => familyPeakBytes)),
    median(results.map(({ seconds }) => seconds)).toFixed(1),
    `${results.length}`,
  ]);
  const peak = Math.max(...[...measured.values()].flat().map(({ peakBytes }) => peakBytes));
  const isReached = peak <= wantedBytes;
  const columns = ['peak in MB', 'with its children', 'seconds', 'n'].map((title) => ({
    title,
    align: 'right' as const,
  }));
  return [
    `\`npm run bench:memory\`, ${describeMachine()}. The largest resident set of n builds, and the median of the times. Packages, unpacked, in MB: ${sizes.map((size) => (size / 1e6).toFixed(0)).join(' (linux/amd64) and ')} (linux/arm64).`,
    markdownTable([{ title: 'build' }, ...columns], rows),
    `- ${isReached ? 'reached' : '**missed**'}: ${(peak / 1e6).toFixed(0)} MB at most (wanted: at most ${wantedBytes / 1e6})`,
  ].join('\n\n');
}

await withBench(60, async (bench) => console.log(await measureMemory(bench)));
