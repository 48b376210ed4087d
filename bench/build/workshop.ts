import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from '../support/bench.ts';
import { tinyProject } from '../support/tiny-project.ts';
import { type AppLocks, readAppLocks } from './app-locks.ts';
import { type BaseImages, makeBaseImages } from './base-images.ts';
import { fillNpmCache } from './npm-cache.ts';

/** What there is before anything is measured, and what all contenders are given alike. */
export interface Workshop {
  readonly bench: Bench;
  readonly locks: AppLocks;
  /** A copy of npm's cache, with all that the app needs. */
  readonly npmCache: string;
  readonly baseImages: BaseImages;
  /** Catamaran's, with what a base and a runtime leave in it, and nothing else. */
  readonly filledCache: string;
  /** Catamaran's, for what is not measured. */
  readonly otherCache: string;
}

export async function prepareWorkshop(bench: Bench): Promise<Workshop> {
  const locks = await readAppLocks(bench);
  const npmCache = await fillNpmCache(bench, locks);
  const [filledCache, otherCache] = [join(bench.folder, 'filled'), join(bench.folder, 'other')];
  const cwd = await tinyProject(bench, 'tiny');
  await bench.catamaran(['build', '.'], { cwd, cacheFolder: filledCache });
  await cp(filledCache, otherCache, { recursive: true, preserveTimestamps: true });
  const baseImages = await makeBaseImages(bench, otherCache);
  return { bench, locks, npmCache, baseImages, filledCache, otherCache };
}
