import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from '../support/bench.ts';
import { tinyProject } from '../support/tiny-project.ts';
import type { Docker } from './docker.ts';
import { type Architecture, foreign, native } from './platforms.ts';

const dockerfiles = join(import.meta.dirname, 'docker');
const packages = ['base-files', 'ca-certificates', 'libc6', 'libgcc-s1', 'libstdc++6'];

/** An index of images with Node.js and a shell, in a layout: there is no registry here that one could be pulled from. */
export interface BaseImages {
  /** As `catamaran copy` takes it. */
  readonly location: string;
}

/** @param cacheFolder of catamaran's, which it is made with */
export async function makeBaseImages(bench: Bench, cacheFolder: string): Promise<BaseImages> {
  const base = { packages: [...packages, 'bash', 'coreutils', 'dash'] };
  const cwd = await tinyProject(bench, 'node-with-shell', { base });
  await bench.catamaran(['build', '.'], { cwd, cacheFolder });
  return { location: `oci:${join(cwd, '.catamaran', 'layout')}:node-with-shell` };
}

/** What the Dockerfiles begin with. */
export function nodeImage(architecture: Architecture): string {
  return `node-${architecture}:bench`;
}

/** Makes `nodeImage` of both architectures, and fills npm's cache where the Dockerfiles mount it. */
export async function loadBaseImages(
  bench: Bench,
  docker: Docker,
  from: { readonly baseImages: BaseImages; readonly npmCache: string; readonly otherCache: string },
): Promise<void> {
  const context = join(bench.folder, 'npm-context');
  await mkdir(context);
  const npm = `npm@${(await bench.run('npm', ['--version'])).stdout.trim()}`;
  await bench.run('npm', ['install', '--global', '--prefix', join(context, 'npm'), '--ignore-scripts', npm]);
  for (const architecture of [native, foreign]) {
    const platform = `linux/${architecture}`;
    const archive = join(bench.folder, `${architecture}.tar`);
    const [base, image] = [`bare-${architecture}:bench`, nodeImage(architecture)];
    const copy = [
      'copy',
      from.baseImages.location,
      `docker-archive:${archive}:${base}`,
      '--platform',
      platform,
    ];
    await bench.catamaran(copy, { cacheFolder: from.otherCache });
    await docker.run('load', '--input', archive);
    await rm(archive);
    const file = join(dockerfiles, 'base.Dockerfile');
    const build = ['build', '--platform', platform, '--build-arg', `BASE=${base}`, '--tag', image];
    await docker.run(...build, '--file', file, context);
  }
  const warm = ['--build-arg', `NODE=${nodeImage(native)}`, '--file', join(dockerfiles, 'warm.Dockerfile')];
  await docker.run('build', '--network', 'none', ...warm, from.npmCache);
}
