// How long it takes to build one small service: by catamaran for both platforms, by Dockerfiles that cross-compile and
// that are emulated, and by containerify. What is cached is the same for all; docs/benchmarks.md says what. Prints the
// part of that page that has the figures.
// usage: npm run bench:build [-- --rounds 5 --emulated-rounds 1 --only catamaran,cross,emulated,containerify]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createBench } from './build/bench.ts';
import { describeBuilds } from './build/describe-builds.ts';
import { measureBuilds } from './build/measure-builds.ts';
import { untilStopped } from './support/until-stopped.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    'emulated-rounds': { type: 'string', default: '1' },
    only: { type: 'string', default: 'catamaran,cross,emulated,containerify' },
  },
});
const plan = {
  rounds: Number(values.rounds),
  emulatedRounds: Number(values['emulated-rounds']),
  only: new Set(values.only.split(',')),
};

const signal = untilStopped(60);
const folder = await mkdtemp(join(tmpdir(), 'catamaran-bench-'));
try {
  const measured = await measureBuilds(await createBench(folder, signal), plan);
  console.log(describeBuilds(measured, plan));
} catch (error) {
  if (!signal.aborted) throw error;
  console.error(`${(signal.reason as Error).message}; nothing is left running`);
  process.exitCode ??= 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
