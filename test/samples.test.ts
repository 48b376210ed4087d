import { join } from 'node:path';
import {
  createContext,
  formatPlatform,
  type Image,
  isImageIndex,
  layoutStore,
  type Platform,
  parseReference,
  platforms,
} from '@catamaran/oci';
import { runcHost, type Service } from '@catamaran/run';
import { beforeAll, describe, expect, it } from 'vitest';
import { leftovers } from '../packages/run/src/testing/leftovers.ts';
import { requireTools } from '../packages/run/src/testing/require-tool.ts';
import { askService } from './support/ask-service.ts';
import { emulator, foreign, own } from './support/own-platform.ts';
import { repositoryFolder } from './support/repository.ts';
import { runCatamaran } from './support/run-catamaran.ts';
import { endSample, primes, type Sample, samples } from './support/samples.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const tools = await requireTools('runc', 'nsenter');
const canEmulate = await requireTools(emulator);

describe.skipIf(!tools)('the image of the sample', { timeout: 180_000 }, () => {
  const folder = temporaryFolder();
  const bundles = join(folder, 'run');
  const env = { XDG_CACHE_HOME: join(folder, 'cache') };
  beforeAll(async () => {
    for (const { name } of samples) {
      const built = await runCatamaran(['build', join(repositoryFolder, 'samples', name)], {
        cwd: folder,
        env,
      });
      expect(built, built.stderr).toMatchObject({ exitCode: 0 });
    }
  }, 180_000);

  async function imageOf(name: string, platform: Platform): Promise<Image> {
    const layout = layoutStore(join(folder, '.catamaran', 'layout'));
    const index = await layout.get(parseReference(name), createContext());
    if (!isImageIndex(index)) throw new Error('The build made no index.');
    return index.image(platform);
  }

  async function start(sample: Sample, platform: Platform): Promise<Service & AsyncDisposable> {
    const { name, env } = sample;
    // A Fargate task's.
    const limits = { vcpu: 0.5, memoryMiB: 1024 };
    const options = { name, platform, limits, port: 3000, env, network: 'private' } as const;
    return runcHost({ folder: bundles }).start(await imageOf(name, platform), options, createContext());
  }

  it.each(samples)('$name passes the check for both platforms', async ({ name }) => {
    const { exitCode, stdout } = await runCatamaran(['check', name, '--json'], { cwd: folder, env });
    expect(exitCode, stdout).toBe(0);
    for (const platform of platforms) expect(stdout).toContain(formatPlatform(platform));
  });

  it.each(samples)(
    '$name runs as an ordinary user on a read-only root, and answers what is in flight when it is to end',
    async (sample) => {
      await using service = await start(sample, own);
      const { answers, process } = await endSample(service, sample);

      expect(process).toMatchObject({ ids: '65532', rootIsReadOnly: true });
      if (sample.log) expect(service.logs().join('\n')).toContain(sample.log);
      expect(await service.exited).toEqual({ code: 0, signal: undefined });
      expect(answers).toHaveLength(4);
      for (const answer of answers) expect(answer).toMatch(sample.answer);
      expect(answers).toContainEqual(expect.stringContaining('200 OK'));
    },
  );

  it.skipIf(!canEmulate)('primes answers on the other architecture', async () => {
    for (const platform of foreign) {
      await using service = await start(primes, platform);
      expect(await askService(service, '/prime/fast', 90)).toEqual({ status: 200, body: '664579' });
      expect(await askService(service, '/prime?n=100000')).toEqual({ status: 200, body: '9592' });
    }
  });

  it('leaves nothing behind', () => {
    expect(leftovers(bundles)).toEqual([]);
  });
});
