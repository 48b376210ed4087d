import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from '../support/bench.ts';
import type { Checkout } from './checkout.ts';
import type { Contender } from './contender.ts';
import type { Name } from './names.ts';
import type { Step } from './steps.ts';
import { stepsTaken } from './steps-taken.ts';

export interface CatamaranOptions {
  readonly checkout: Checkout;
  readonly name: Name;
  readonly typecheck: boolean;
  /** A cache with base and runtime, as another project has left it. */
  readonly filledCache: string;
  takesPart(step: Step, round: number): boolean;
}

/** Both platforms by `catamaran build`. */
export function catamaranContender(bench: Bench, options: CatamaranOptions): Contender {
  const { checkout, name, filledCache, takesPart } = options;
  const cacheFolder = join(bench.folder, `cache of ${name}`);
  const emptyFolder = join(bench.folder, `empty, for ${name}`);
  return {
    name,
    takesPart,
    async prepare(step, round) {
      await checkout.change(step, round);
      if (options.typecheck) await setTypecheck(checkout.folder);
      if (step !== 'first' && !step.startsWith('coldest')) return;
      for (const path of [cacheFolder, emptyFolder, join(checkout.folder, '.catamaran')]) {
        await rm(path, { recursive: true, force: true });
      }
      await mkdir(emptyFolder);
      const preserve = { recursive: true, preserveTimestamps: true };
      if (step === 'first') await cp(filledCache, cacheFolder, preserve);
    },
    async build(step) {
      const env = {
        // What Node keeps of compiled source is a cache, too.
        ...(step.startsWith('coldest') ? { NODE_COMPILE_CACHE: join(emptyFolder, 'compile') } : {}),
        ...(step.includes('npm') ? { npm_config_cache: join(emptyFolder, 'npm') } : {}),
      };
      const options = { cwd: checkout.folder, cacheFolder, env };
      const { seconds, stderr } = await bench.catamaran(['build', '.'], options);
      return [{ platforms: 'both', seconds, spent: stepsTaken(stderr) }];
    },
  };
}

async function setTypecheck(folder: string): Promise<void> {
  const path = join(folder, 'catamaran.config.ts');
  const text = await readFile(path, 'utf8');
  // Only when it has to be: a file that was written is a file that has changed.
  if (text.includes('typecheck: false')) {
    await writeFile(path, text.replace('typecheck: false', 'typecheck: true'));
  }
}
