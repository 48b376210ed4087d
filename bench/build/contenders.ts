import { catamaranContender } from './catamaran-contender.ts';
import { checkOut, checkOutWithPackages } from './checkout.ts';
import type { Containerify } from './containerify.ts';
import { containerifyContender } from './containerify-contender.ts';
import type { Contender } from './contender.ts';
import type { Docker } from './docker.ts';
import { dockerfileContender } from './dockerfile-contender.ts';
import { names } from './names.ts';
import { foreign, native } from './platforms.ts';
import type { Workshop } from './workshop.ts';

export async function catamaran({ bench, locks, filledCache }: Workshop): Promise<Contender> {
  return catamaranContender(bench, {
    name: names.catamaran,
    typecheck: false,
    checkout: await checkOutWithPackages(bench, 'catamaran', locks),
    filledCache,
    // All of it from the network takes a while, and measures the network.
    takesPart: (step, round) => step !== 'coldest, and npm’s cache empty' || round === 1,
  });
}

export async function catamaranWithTypes({ bench, locks, filledCache }: Workshop): Promise<Contender> {
  return catamaranContender(bench, {
    name: names.typed,
    typecheck: true,
    checkout: await checkOutWithPackages(bench, 'catamaran-types', locks),
    filledCache,
    takesPart: (step) => ['first', 'no change', 'one line changed'].includes(step),
  });
}

export async function containerified({ bench, locks }: Workshop, tool: Containerify): Promise<Contender> {
  return containerifyContender(bench, tool, await checkOut(bench, 'containerify', locks));
}

export async function crossDockerfile({ bench, locks }: Workshop, docker: Docker): Promise<Contender> {
  return dockerfileContender(docker, {
    name: names.cross,
    dockerfile: 'cross',
    architectures: [foreign, native],
    checkout: await checkOut(bench, 'cross', locks),
    takesPart: (step) => !step.startsWith('coldest'),
  });
}

export async function emulatedDockerfile({ bench, locks }: Workshop, docker: Docker): Promise<Contender> {
  return dockerfileContender(docker, {
    name: names.emulated,
    dockerfile: 'emulated',
    architectures: [foreign],
    checkout: await checkOut(bench, 'emulated', locks),
    takesPart: (step) => step === 'first' || step === 'one line changed',
  });
}
