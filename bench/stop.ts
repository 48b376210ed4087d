// How long the samples take to end when they are told to with requests in flight, under the limits of a Fargate task.
// usage: npm run bench:stop [-- --rounds 10]
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createContext, hostPlatform, isImageIndex, layoutStore, parseReference } from '@catamaran/oci';
import { runcHost } from '@catamaran/run';
import { runCatamaran } from '../test/support/run-catamaran.ts';
import { endSample, type Sample, samples } from '../test/support/samples.ts';
import { type Bench, withBench } from './support/bench.ts';
import { describeMachine } from './support/machine.ts';
import { markdownTable } from './support/markdown-table.ts';
import { median } from './support/median.ts';
import { repository } from './support/repository.ts';

const wantedMs = 1000;
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '10' } } });
const rounds = Number(values.rounds);

/** @returns milliseconds, one for each round */
async function measure(bench: Bench, sample: Sample): Promise<readonly number[]> {
  const { name, env } = sample;
  // From this checkout: the samples' configurations import its catamaran.
  const built = await runCatamaran(['build', join(repository, 'samples', name)], {
    cwd: bench.folder,
    env: { XDG_CACHE_HOME: join(bench.folder, 'cache') },
  });
  if (built.exitCode !== 0) throw new Error(built.stderr);
  const platform = hostPlatform();
  const layout = layoutStore(join(bench.folder, '.catamaran', 'layout'));
  const index = await layout.get(parseReference(name), createContext());
  if (!platform || !isImageIndex(index)) throw new Error('There is no image for this machine.');
  const image = await index.image(platform);
  const limits = { vcpu: 0.5, memoryMiB: 1024 };
  const options = { name, platform, limits, port: 3000, env, network: 'private' } as const;
  const times: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    const host = runcHost({ folder: join(bench.folder, 'run') });
    await using service = await host.start(image, options, createContext());
    const { tookMs, answers } = await endSample(service, sample);
    const wrong = answers.find((answer) => !sample.answer.test(answer));
    if (wrong !== undefined) throw new Error(`${name} answered: ${wrong}`);
    times.push(tookMs);
    console.error(`${name}: ${tookMs.toFixed(0)} ms`);
  }
  return times;
}

await withBench(20, async (bench) => {
  const rows: string[][] = [];
  for (const sample of samples) {
    const times = await measure(bench, sample);
    const isReached = times.every((time) => time <= wantedMs);
    const figures = [median(times), Math.max(...times)].map((time) => time.toFixed(0));
    rows.push([sample.name, ...figures, isReached ? 'reached' : '**missed**']);
  }
  const right = { align: 'right' as const };
  const columns = [
    { title: 'sample' },
    { title: 'median in ms', ...right },
    { title: 'longest', ...right },
    { title: `wanted: ${wantedMs}` },
  ];
  console.log(
    `\`npm run bench:stop\`, ${describeMachine()}. From SIGTERM to the end, with four requests in flight, ${rounds} rounds.`,
  );
  console.log(`\n${markdownTable(columns, rows)}`);
});
