// How long a build of both platforms takes: cold (empty Catamaran cache, warm npm cache), with nothing changed,
// and with one line changed. Medians, and their ratios to `node -e 0` on the same machine in the same minutes.
// usage: npm run bench:build [-- rounds]
import { spawnSync } from 'node:child_process';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { copySample } from './support/copy-sample.ts';
import { median } from './support/median.ts';
import { program } from './support/repository.ts';

const rounds = Number(process.argv[2] ?? 5);

/** Seconds that a command takes. */
function time(args: readonly string[], options: { cwd: string; cacheFolder: string }): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: options.cwd,
    env: { ...process.env, XDG_CACHE_HOME: options.cacheFolder },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}:\n${stderr}`);
  return (performance.now() - started) / 1000;
}

const folder = await mkdtemp(join(tmpdir(), 'catamaran-bench-'));
try {
  const sample = await copySample(folder);
  const seconds: Record<string, number[]> = {
    'node -e 0': [],
    cold: [],
    'no change': [],
    'one line changed': [],
  };
  // One build before the first round fills npm's cache, so that every round finds it warm.
  time([program, 'build', sample, '--quiet'], { cwd: folder, cacheFolder: join(folder, 'cache-0') });
  for (let round = 1; round <= rounds; round++) {
    const options = { cwd: folder, cacheFolder: join(folder, `cache-${round}`) };
    await rm(join(folder, '.catamaran'), { recursive: true, force: true });
    const build = [program, 'build', sample, '--quiet'];
    seconds['node -e 0']?.push(time(['-e', '0'], options));
    seconds.cold?.push(time(build, options));
    seconds['no change']?.push(time(build, options));
    await appendFile(join(sample, 'src', 'main.ts'), `export const round${round} = ${round};\n`);
    seconds['one line changed']?.push(time(build, options));
    await rm(options.cacheFolder, { recursive: true, force: true });
    console.error(`round ${round} of ${rounds}`);
  }
  const unit = median(seconds['node -e 0'] ?? []);
  console.log(
    `samples/bookstore for linux/amd64 and linux/arm64; medians of ${rounds}; ${cpus().length} × ${cpus()[0]?.model}\n`,
  );
  console.log('| build | seconds | × `node -e 0` |\n| --- | ---: | ---: |');
  for (const [name, values] of Object.entries(seconds)) {
    console.log(`| ${name} | ${median(values).toFixed(3)} | ${(median(values) / unit).toFixed(1)} |`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
