import type { Bench } from '../support/bench.ts';
import { loadBaseImages } from './base-images.ts';
import { startContainerify } from './containerify.ts';
import type { Contender } from './contender.ts';
import {
  catamaran,
  catamaranWithTypes,
  containerified,
  crossDockerfile,
  emulatedDockerfile,
} from './contenders.ts';
import { contest } from './contest.ts';
import { startDocker } from './docker.ts';
import { emulateForeign } from './emulation.ts';
import { nodeContender } from './node-contender.ts';
import { createResults, type Results } from './results.ts';
import { prepareWorkshop } from './workshop.ts';

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

/** What cannot run here is left out, and said so. */
export async function measureBuilds(
  bench: Bench,
  { rounds, emulatedRounds, only }: Plan,
): Promise<MeasuredBuilds> {
  await using stack = new AsyncDisposableStack();
  const [results, left] = [createResults(), [] as string[]];
  const leave = (name: string, reason: string) => {
    left.push(`without ${name}: ${reason}`);
    console.error(left.at(-1));
  };
  const workshop = await prepareWorkshop(bench);
  const contenders: Contender[] = [nodeContender(bench)];
  if (only.has('catamaran')) {
    contenders.push(await catamaran(workshop), await catamaranWithTypes(workshop));
  }
  if (only.has('containerify')) {
    const tool = await startContainerify(workshop);
    if (typeof tool === 'string') leave('containerify', tool);
    else contenders.push(await containerified(workshop, stack.use(tool)));
  }
  const docker = only.has('cross') || only.has('emulated') ? await startDocker(bench) : undefined;
  if (docker === undefined || typeof docker === 'string') {
    if (docker !== undefined) leave('Docker', docker);
    await contest(bench, contenders, rounds, results);
    return { results, left, dockerVersion: undefined };
  }
  stack.use(docker);
  await loadBaseImages(bench, docker, workshop);
  if (only.has('cross')) contenders.push(await crossDockerfile(workshop, docker));
  await contest(bench, contenders, rounds, results);
  if (only.has('emulated')) {
    // After all others, for it takes minutes: the engine's cache is its own, and nothing else is emulated meanwhile.
    const emulation = await emulateForeign();
    if (typeof emulation === 'string') leave('the emulated Dockerfile', emulation);
    else {
      stack.use(emulation);
      await contest(bench, [await emulatedDockerfile(workshop, docker)], emulatedRounds, results);
    }
  }
  return { results, left, dockerVersion: docker.version };
}
