// How much the bookstore does with half a CPU: for each of the three lists that the published comparison asks for, the
// highest rate at which 99 of 100 requests are answered within 100 ms of when they should have been sent, and requests
// per second of CPU time; and how long it takes to start. Prints the part of docs/benchmarks.md that has the figures.
// usage: npm run bench:bookstore [-- --seconds 10] [-- --rounds 20]
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launchGenerator } from '@catamaran/load';
import {
  type Context,
  createContext,
  formatPlatform,
  hostPlatform,
  type Image,
  isImageIndex,
  layoutStore,
  parseReference,
} from '@catamaran/oci';
import { runcHost } from '@catamaran/run';
import { waitUntilHealthy } from '../packages/cli/src/compare/wait-until-healthy.ts';
import { type Bench, withBench } from './support/bench.ts';
import { type ColdStart, coldStart } from './support/cold-start.ts';
import { highestRate } from './support/highest-rate.ts';
import { type Load, loadOnce } from './support/load-once.ts';
import { describeMachine } from './support/machine.ts';
import { markdownTable } from './support/markdown-table.ts';
import { program, repository } from './support/repository.ts';
import { untilStopped } from './support/until-stopped.ts';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '10' }, rounds: { type: 'string', default: '20' } },
});
const seconds = Number(values.seconds);
const paths = ['/api/books', '/api/categories', '/api/orders'];
const limits = { vcpu: 0.5, memoryMiB: 1024 };
const wantedP99Ms = 100;
const wantedStart = 4;
/** A generator that is later than this is what was measured, not the service. */
const maxLatenessMs = 10;
const sample = join(repository, 'samples', 'bookstore');
const platform = hostPlatform();
if (!platform) throw new Error('The bookstore is run by runc, on Linux.');

async function buildImage(bench: Bench, ctx: Context): Promise<Image> {
  const args = ['build', sample, '--platform', formatPlatform(platform as NonNullable<typeof platform>)];
  // The sample is built as in a checkout: its configuration is made for the program of the repository.
  const env = { XDG_CACHE_HOME: join(bench.folder, 'cache') };
  await bench.run(process.execPath, [program, ...args], { cwd: bench.folder, env });
  const layout = layoutStore(join(bench.folder, '.catamaran', 'layout'));
  const index = await layout.get(parseReference('bookstore'), ctx);
  if (!isImageIndex(index)) throw new Error('The build made no index.');
  return index.image(platform as NonNullable<typeof platform>);
}

function describe(found: ReadonlyMap<string, Load | undefined>, start: ColdStart): string {
  const rows = [...found].map(([path, trial]) =>
    trial
      ? [
          `\`GET ${path}\``,
          `${trial.ratePerSecond}`,
          trial.p50Ms.toFixed(1),
          trial.p99Ms.toFixed(1),
          (1 / trial.cpuSecondsPerRequest).toFixed(0),
          (trial.cpuSecondsPerRequest / (start.nodeMs / 1000)).toFixed(4),
          trial.latenessP99Ms.toFixed(2) + (trial.latenessP99Ms > maxLatenessMs ? ' (**too late**)' : ''),
        ]
      : [`\`GET ${path}\``, 'none', '', '', '', '', ''],
  );
  const titles = ['highest rate per s', 'p50 in ms', 'p99 in ms', 'requests per CPU-s'];
  const more = ['CPU of a request ÷ `node -e 0`', 'sends late by, p99 in ms'];
  const columns = [...titles, ...more].map((title) => ({ title, align: 'right' as const }));
  const ratio = start.readyMs / start.nodeMs;
  return [
    `\`npm run bench:bookstore\`, ${describeMachine()}. runc, ${limits.vcpu} vCPU, ${limits.memoryMiB} MiB; ${seconds} s a step.`,
    markdownTable([{ title: `p99 below ${wantedP99Ms} ms` }, ...columns], rows),
    `- ${ratio <= wantedStart ? 'reached' : '**missed**'}: cold start until /readyz answers 200 to \`node -e 0\`, ${ratio.toFixed(2)} (${start.readyMs.toFixed(0)} and ${start.nodeMs.toFixed(0)} ms, medians of ${values.rounds} in turn; wanted: at most ${wantedStart})`,
  ].join('\n\n');
}

await withBench(60, async (bench) => {
  const ctx = createContext({ signal: untilStopped(60) });
  const image = await buildImage(bench, ctx);
  const start = await coldStart(join(sample, 'dist', 'main.mjs'), Number(values.rounds), ctx.signal);
  const host = runcHost({ folder: join(bench.folder, 'run') });
  const options = { name: 'bookstore', platform, limits, port: 3000, env: {}, network: 'private' } as const;
  await using service = await host.start(image, options, ctx);
  await using generator = await launchGenerator({ enter: service.enter }, ctx);
  await waitUntilHealthy(service, generator, '/healthz', 60, ctx);
  const found = new Map<string, Load | undefined>();
  for (const path of paths) {
    const load = (ratePerSecond: number) =>
      loadOnce({ path, ratePerSecond, seconds, p99Ms: wantedP99Ms }, service, generator, ctx);
    // The code is compiled, and what is kept is there.
    await load(300);
    found.set(path, await highestRate(load));
  }
  console.log(describe(found, start));
});
