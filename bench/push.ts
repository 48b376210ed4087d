// What it takes to push and to pull an image of 500 MB, to and from a registry on loopback, beside skopeo and, where an
// engine runs, docker; and what a push costs beyond the build when little or nothing has changed.
// usage: npm run bench:push [-- rounds]
import { appendFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDockerEngine } from '../packages/oci/src/testing/docker-engine/start-docker-engine.ts';
import { startRegistry } from '../test/support/docker-registry.ts';
import { copySample } from './support/copy-sample.ts';
import { writeLargeImage } from './support/large-image.ts';
import { type Measured, measure } from './support/measure.ts';
import { median } from './support/median.ts';
import { program } from './support/repository.ts';

const rounds = Number(process.argv[2] ?? 5);
const folder = await mkdtemp(join(tmpdir(), 'catamaran-bench-'));
const layout = join(folder, 'large');
const env = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') };
const catamaran = (args: readonly string[], cwd = folder) =>
  measure(process.execPath, [program, ...args, '--quiet'], { cwd, env });

/** One way to do something; `prepare` is not measured. */
interface Contender {
  readonly name: string;
  run(round: number): Promise<Measured>;
  prepare?(round: number): Promise<unknown>;
}

const results = new Map<string, Measured[]>();

async function contest(task: string, contenders: readonly Contender[], round: number): Promise<void> {
  // In turn, and another one first each time: what comes after a disk was busy has a harder time.
  const order = contenders.map((_, index) => contenders[(index + round) % contenders.length] as Contender);
  for (const { name, prepare, run } of order) {
    await prepare?.(round);
    const key = `${task}, ${name}`;
    results.set(key, [...(results.get(key) ?? []), await run(round)]);
  }
}

async function largeImage(): Promise<void> {
  await writeLargeImage(layout);
  const engineFolder = join(folder, 'engine');
  await mkdir(engineFolder);
  const engine = await startDockerEngine(engineFolder);
  if (typeof engine === 'string') console.error(`without docker: ${engine}`);
  else {
    await catamaran(['copy', `oci:${layout}:large`, `docker-archive:${join(folder, 'large.tar')}:large:1`]);
    await engine.docker('load', '--input', join(folder, 'large.tar'));
  }
  for (let round = 1; round <= rounds; round++) {
    const registryFolder = join(folder, `registry-${round}`);
    await mkdir(registryFolder);
    await using registry = await startRegistry(registryFolder);
    const at = (tool: string) => `${registry.address}/${tool}/large:1`;
    const pulled = (tool: string) => join(folder, `pulled-${tool}`);
    const copy = ['copy', '--quiet', '--all', '--src-tls-verify=false', '--dest-tls-verify=false'];
    const docker: Contender[] = [];
    const dockerPull: Contender[] = [];
    if (typeof engine !== 'string') {
      const options = { env: engine.env };
      docker.push({
        name: 'docker',
        prepare: () => engine.docker('tag', 'large:1', at('docker')),
        run: () => measure('docker', ['push', '--quiet', at('docker')], options),
      });
      dockerPull.push({
        name: 'docker',
        // All that it has: what is left of a layer would not be pulled.
        prepare: async () => {
          const ids = (await engine.docker('images', '--quiet', '--no-trunc')).split('\n').filter(Boolean);
          for (const id of new Set(ids)) await engine.docker('image', 'rm', '--force', id);
        },
        run: () => measure('docker', ['pull', '--quiet', at('docker')], options),
      });
    }
    await contest(
      'push 500 MB',
      [
        { name: 'catamaran', run: () => catamaran(['copy', `oci:${layout}:large`, at('catamaran')]) },
        {
          name: 'skopeo',
          run: () => measure('skopeo', [...copy, `oci:${layout}:large`, `docker://${at('skopeo')}`]),
        },
        ...docker,
      ],
      round,
    );
    await contest(
      'pull 500 MB',
      [
        {
          name: 'catamaran',
          run: () => catamaran(['copy', at('catamaran'), `oci:${pulled('catamaran')}:large`]),
        },
        {
          name: 'skopeo',
          run: () =>
            measure('skopeo', [...copy, `docker://${at('skopeo')}`, `oci:${pulled('skopeo')}:large`]),
        },
        ...dockerPull,
      ],
      round,
    );
    if (typeof engine !== 'string') await engine.docker('tag', at('docker'), 'large:1');
    for (const tool of ['catamaran', 'skopeo']) await rm(pulled(tool), { recursive: true, force: true });
    await rm(registryFolder, { recursive: true, force: true });
    console.error(`500 MB: round ${round} of ${rounds}`);
  }
  if (typeof engine !== 'string') await engine[Symbol.asyncDispose]();
}

async function smallChanges(): Promise<void> {
  const sample = await copySample(join(folder, 'checkout'));
  const registryFolder = join(folder, 'registry-small');
  await mkdir(registryFolder);
  await using registry = await startRegistry(registryFolder);
  const reference = `${registry.address}/team/bookstore:1`;
  const push = ['push', sample, reference];
  await catamaran(push);
  for (let round = 1; round <= rounds; round++) {
    const contenders: Contender[] = [
      { name: 'node -e 0', run: () => measure(process.execPath, ['-e', '0']) },
      { name: 'build', run: () => catamaran(['build', sample]) },
      { name: 'push', run: () => catamaran(push) },
    ];
    await contest('nothing changed', contenders, round);
    await appendFile(join(sample, 'src', 'main.ts'), `export const round${round} = ${round};\n`);
    await contest('one line changed', [{ name: 'push', run: () => catamaran([...push, '--json']) }], round);
    console.error(`small changes: round ${round} of ${rounds}`);
  }
}

const secondsOf = (key: string) => median((results.get(key) ?? []).map(({ seconds }) => seconds));
const megabytesOf = (key: string) =>
  Math.max(...(results.get(key) ?? []).map(({ peakBytes }) => peakBytes)) / 1e6;

try {
  await mkdir(join(folder, 'checkout'));
  await largeImage();
  await smallChanges();
  console.log(`medians of ${rounds}; ${cpus().length} × ${cpus()[0]?.model}\n`);
  console.log('| task | seconds | × catamaran | peak memory in MB |\n| --- | ---: | ---: | ---: |');
  for (const key of [...results.keys()].filter((name) => name.includes('MB')).sort()) {
    const base = secondsOf(`${key.split(',')[0]}, catamaran`);
    console.log(
      `| ${key} | ${secondsOf(key).toFixed(2)} | ${(secondsOf(key) / base).toFixed(2)} | ${megabytesOf(key).toFixed(0)} |`,
    );
  }
  const unit = secondsOf('nothing changed, node -e 0');
  console.log('\n| task | seconds | × `node -e 0` |\n| --- | ---: | ---: |');
  for (const key of [...results.keys()].filter((name) => name.includes('changed'))) {
    console.log(`| ${key} | ${secondsOf(key).toFixed(3)} | ${(secondsOf(key) / unit).toFixed(1)} |`);
  }
  const beyond = secondsOf('nothing changed, push') - secondsOf('nothing changed, build');
  console.log(
    `| nothing changed: push beyond build | ${beyond.toFixed(3)} | ${(beyond / unit).toFixed(1)} |`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
