// How long it takes to build one small service: by catamaran for both platforms, by Dockerfiles that cross-compile and
// that are emulated, and by containerify. What is cached is the same for all; docs/benchmarks.md says what. Prints the
// part of that page that has the figures.
// usage: npm run bench:build [-- --rounds 5 --emulated-rounds 1 --only catamaran,cross,emulated,containerify]
import { parseArgs } from 'node:util';
import { describeBuilds } from './build/describe-builds.ts';
import { measureBuilds } from './build/measure-builds.ts';
import { withBench } from './support/bench.ts';

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

await withBench(60, async (bench) => {
  console.log(describeBuilds(await measureBuilds(bench, plan), plan));
});
