import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startRegistry } from '../../test/support/docker-registry.ts';
import type { Bench } from '../support/bench.ts';
import type { BaseImages } from './base-images.ts';
import type { Checkout } from './checkout.ts';
import type { Contender } from './contender.ts';
import { names } from './names.ts';
import { cpuOf, foreign } from './platforms.ts';
import type { Step } from './steps.ts';

export const containerifyVersion = '4.1.0';

export interface ContainerifyOptions {
  readonly checkout: Checkout;
  readonly baseImages: BaseImages;
  readonly cacheFolder: string;
  takesPart(step: Step, round: number): boolean;
}

/** containerify, which makes an image of a folder with installed packages; the base comes from a registry on loopback. */
export async function containerifyContender(
  bench: Bench,
  options: ContainerifyOptions,
): Promise<Contender & AsyncDisposable> {
  const folder = join(bench.folder, 'containerify');
  const [tool, image, registryFolder] = ['tool', 'image', 'registry'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await mkdir(registryFolder, { recursive: true });
  const { checkout, baseImages, cacheFolder } = options;
  await bench.run('npm', ['install', '--prefix', tool, `containerify@${containerifyVersion}`]);
  await using undo = new AsyncDisposableStack();
  const { address } = undo.use(await startRegistry(registryFolder));
  await bench.catamaran(['copy', baseImages.location, `${address}/node:bench`], { cacheFolder });

  const npm = (...args: string[]) => bench.run('npm', args, { cwd: checkout.folder });
  const install = async (more: readonly string[], cwd: string) =>
    bench.run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', ...more], { cwd });
  const packages = async () => {
    for (const name of ['package.json', 'package-lock.json']) {
      await cp(join(checkout.folder, name), join(image, name));
    }
    await install(['--omit=dev', '--os=linux', '--libc=glibc', `--cpu=${cpuOf(foreign)}`], image);
  };
  const containerify = () =>
    bench.run(process.execPath, [
      join(tool, 'node_modules', '.bin', 'containerify'),
      ...['--fromRegistry', `http://${address}/v2/`, '--fromImage', 'node:bench'],
      ...['--platform', `linux/${foreign}`, '--folder', image, '--toImage', 'short-links:bench'],
      ...['--toOciLayout', join(folder, 'image.tar'), '--layerCacheFolder', join(folder, 'base-layers')],
      ...['--entrypoint', 'node --enable-source-maps dist/main.js'],
    ]);
  const build = async (step: Step) => {
    // Who uses it installs packages when they have changed.
    if (step === 'first' || step === 'one dependency added') {
      await install([], checkout.folder);
      await packages();
    }
    await npm('run', 'build');
    await cp(join(checkout.folder, 'dist'), join(image, 'dist'), { recursive: true });
    await containerify();
  };
  const forget = async () => {
    for (const path of [image, join(checkout.folder, 'node_modules'), join(checkout.folder, 'dist')]) {
      await rm(path, { recursive: true, force: true });
    }
    await mkdir(image);
  };
  // So that it has the base's layers, as all have.
  await forget();
  await build('first');
  const owned = undo.move();
  return {
    name: names.containerify,
    takesPart: options.takesPart,
    async prepare(step, round) {
      await checkout.change(step, round);
      if (step === 'first') await forget();
    },
    async build(step) {
      const started = performance.now();
      await build(step);
      return [{ platforms: `linux/${foreign}`, seconds: (performance.now() - started) / 1000 }];
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
