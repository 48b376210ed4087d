import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from '../support/bench.ts';
import { tinyProject } from '../support/tiny-project.ts';
import { type AppLocks, readAppLocks } from './app-locks.ts';
import { type BaseImages, loadBaseImages, makeBaseImages } from './base-images.ts';
import { catamaranContender } from './catamaran-contender.ts';
import { checkOut, checkOutWithPackages } from './checkout.ts';
import { containerifyContender } from './containerify-contender.ts';
import type { Contender } from './contender.ts';
import { contest } from './contest.ts';
import { type Docker, startDocker } from './docker.ts';
import { dockerfileContender } from './dockerfile-contender.ts';
import { emulateForeign } from './emulation.ts';
import { names } from './names.ts';
import { nodeContender } from './node-contender.ts';
import { fillNpmCache } from './npm-cache.ts';
import { foreign, native } from './platforms.ts';
import { createResults, type Results } from './results.ts';

export interface Plan {
  readonly rounds: number;
  readonly emulatedRounds: number;
  /** Of "catamaran", "cross", "emulated" and "containerify". */
  readonly only: ReadonlySet<string>;
}

export interface MeasuredBuilds {
  readonly results: Results;
  /** "without …: why" */
  readonly left: readonly string[];
  readonly dockerVersion: string | undefined;
}

interface Workshop {
  readonly bench: Bench;
  readonly plan: Plan;
  readonly locks: AppLocks;
  readonly npmCache: string;
  readonly baseImages: BaseImages;
  /** Catamaran's, with what a base and a runtime leave in it, and nothing else. */
  readonly filledCache: string;
  /** Catamaran's, for what is not measured. */
  readonly otherCache: string;
}

export async function measureBuilds(bench: Bench, plan: Plan): Promise<MeasuredBuilds> {
  await using stack = new AsyncDisposableStack();
  const workshop = await prepare(bench, plan);
  const results = createResults();
  const left: string[] = [];
  const contenders: Contender[] = [nodeContender(bench), ...(await catamarans(workshop))];
  if (plan.only.has('containerify')) contenders.push(stack.use(await containerify(workshop)));
  const docker = await dockerFor(workshop);
  if (typeof docker === 'string') left.push(`without Docker: ${docker}`);
  else if (docker) {
    stack.use(docker);
    await loadBaseImages(bench, docker, {
      ...workshop,
      images: workshop.baseImages,
      cacheFolder: workshop.otherCache,
    });
    if (plan.only.has('cross')) contenders.push(await cross(workshop, docker));
  }
  await contest(bench, contenders, plan.rounds, results);
  if (docker && typeof docker !== 'string' && plan.only.has('emulated')) {
    const reason = await emulatedContest(workshop, docker, results);
    if (reason) left.push(`without the emulated Dockerfile: ${reason}`);
  }
  for (const line of left) console.error(line);
  return { results, left, dockerVersion: typeof docker === 'string' ? undefined : docker?.version };
}

async function prepare(bench: Bench, plan: Plan): Promise<Workshop> {
  const locks = await readAppLocks(bench);
  const npmCache = await fillNpmCache(bench, locks);
  const [filledCache, otherCache] = [join(bench.folder, 'filled'), join(bench.folder, 'other')];
  const cwd = await tinyProject(bench, 'tiny');
  await bench.catamaran(['build', '.'], { cwd, cacheFolder: filledCache });
  await cp(filledCache, otherCache, { recursive: true });
  const baseImages = await makeBaseImages(bench, otherCache);
  return { bench, plan, locks, npmCache, baseImages, filledCache, otherCache };
}

async function catamarans({ bench, plan, locks, filledCache }: Workshop): Promise<Contender[]> {
  if (!plan.only.has('catamaran')) return [];
  return [
    catamaranContender(bench, {
      name: names.catamaran,
      typecheck: false,
      checkout: await checkOutWithPackages(bench, 'catamaran', locks),
      filledCache,
      // All of it from the network takes a while, and measures the network.
      takesPart: (step, round) => step !== 'coldest, and npm’s cache empty' || round === 1,
    }),
    catamaranContender(bench, {
      name: names.typed,
      typecheck: true,
      checkout: await checkOutWithPackages(bench, 'catamaran-types', locks),
      filledCache,
      takesPart: (step) => ['first', 'no change', 'one line changed'].includes(step),
    }),
  ];
}

async function containerify({ bench, locks, baseImages, otherCache }: Workshop) {
  return containerifyContender(bench, {
    checkout: await checkOut(bench, 'containerify', locks),
    baseImages,
    cacheFolder: otherCache,
    takesPart: (step) => ['first', 'one line changed', 'one dependency added'].includes(step),
  });
}

/** @returns why there is none; undefined where none is wanted */
async function dockerFor({ bench, plan }: Workshop): Promise<Docker | string | undefined> {
  return plan.only.has('cross') || plan.only.has('emulated') ? startDocker(bench) : undefined;
}

async function cross({ bench, locks }: Workshop, docker: Docker): Promise<Contender> {
  return dockerfileContender(docker, {
    name: names.cross,
    dockerfile: 'cross',
    architectures: [foreign, native],
    checkout: await checkOut(bench, 'cross', locks),
    takesPart: (step) => !step.startsWith('coldest'),
  });
}

/** After all others, for it takes minutes: the engine's cache is its own, and nothing else is emulated meanwhile. */
async function emulatedContest(
  { bench, plan, locks }: Workshop,
  docker: Docker,
  results: Results,
): Promise<string | undefined> {
  const emulation = await emulateForeign();
  if (typeof emulation === 'string') return emulation;
  await using _ = emulation;
  const contender = dockerfileContender(docker, {
    name: names.emulated,
    dockerfile: 'emulated',
    architectures: [foreign],
    checkout: await checkOut(bench, 'emulated', locks),
    takesPart: (step) => step === 'first' || step === 'one line changed',
  });
  await contest(bench, [contender], plan.emulatedRounds, results);
  return undefined;
}
