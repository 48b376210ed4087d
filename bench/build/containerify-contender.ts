import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from '../support/bench.ts';
import type { Checkout } from './checkout.ts';
import type { Containerify } from './containerify.ts';
import type { Contender } from './contender.ts';
import { names } from './names.ts';
import { cpuOf, foreign } from './platforms.ts';
import type { Step } from './steps.ts';

/** What its users do: install and bundle in the checkout, install for the target beside it, and make an image of that. */
export async function containerifyContender(
  bench: Bench,
  containerify: Containerify,
  checkout: Checkout,
): Promise<Contender> {
  const image = `${checkout.folder}-image`;
  const npm = (cwd: string, ...args: readonly string[]) => bench.run('npm', args, { cwd });
  const ci = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const installAll = async () => {
    await npm(checkout.folder, ...ci);
    for (const name of ['package.json', 'package-lock.json']) {
      await cp(join(checkout.folder, name), join(image, name));
    }
    await npm(image, ...ci, '--omit=dev', '--os=linux', '--libc=glibc', `--cpu=${cpuOf(foreign)}`);
  };
  const build = async (step: Step) => {
    // Nobody installs packages that have not changed.
    if (step === 'first' || step === 'one dependency added') await installAll();
    await npm(checkout.folder, 'run', 'build');
    await cp(join(checkout.folder, 'dist'), join(image, 'dist'), { recursive: true });
    await containerify.build(image);
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
  return {
    name: names.containerify,
    takesPart: (step) => ['first', 'one line changed', 'one dependency added'].includes(step),
    async prepare(step, round) {
      await checkout.change(step, round);
      if (step === 'first') await forget();
    },
    async build(step) {
      const started = performance.now();
      await build(step);
      return [{ platforms: `linux/${foreign}`, seconds: (performance.now() - started) / 1000 }];
    },
  };
}
