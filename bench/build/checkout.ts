import { appendFile, cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from '../support/bench.ts';
import { fixtures } from '../support/repository.ts';
import type { AppLocks } from './app-locks.ts';
import type { Step } from './steps.ts';

const app = join(fixtures, 'short-links');
/** What may lie there from working on the fixture itself. */
const left = /\/(node_modules|dist|\.catamaran)$/;

/** The app in a folder of its own, as a contender's user has it. */
export interface Checkout {
  readonly folder: string;
  /** Does to it what the step is about. */
  change(step: Step, round: number): Promise<void>;
}

export async function checkOut(bench: Bench, name: string, locks: AppLocks): Promise<Checkout> {
  const folder = join(bench.folder, 'checkouts', name);
  await mkdir(folder, { recursive: true });
  const place = async (files: Readonly<Record<string, string>>) => {
    for (const [path, content] of Object.entries(files)) await writeFile(join(folder, path), content);
  };
  const restore = async () => {
    await rm(join(folder, 'src'), { recursive: true, force: true });
    await cp(app, folder, { recursive: true, filter: (path) => !left.test(path) });
    await place(locks.before);
  };
  await restore();
  return {
    folder,
    async change(step, round) {
      const main = join(folder, 'src', 'main.ts');
      if (step === 'one line changed') return appendFile(main, `export const round = ${round};\n`);
      if (step === 'one dependency added') {
        await place(locks.after);
        return appendFile(main, `export * from '${locks.added}';\n`);
      }
      if (step !== 'no change') await restore();
    },
  };
}

/** The same with its packages installed, as who works on it has them. */
export async function checkOutWithPackages(bench: Bench, name: string, locks: AppLocks): Promise<Checkout> {
  const checkout = await checkOut(bench, name, locks);
  const { folder } = checkout;
  const lockOf = () => readFile(join(folder, 'package-lock.json'), 'utf8');
  const install = async () => {
    await bench.run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
    // What its configuration imports; it is no package that npm could fetch.
    await symlink(bench.packageFolder, join(folder, 'node_modules', 'catamaran'));
  };
  await install();
  return {
    folder,
    async change(step, round) {
      const before = await lockOf();
      await checkout.change(step, round);
      if ((await lockOf()) !== before) await install();
    },
  };
}
