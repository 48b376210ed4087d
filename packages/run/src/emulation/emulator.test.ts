import { createContext, file, type Image, platforms } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { runcHost } from '../runc/runc-host.ts';
import { arm64Program } from '../testing/arm64-program.ts';
import { leftovers } from '../testing/leftovers.ts';
import { outcome, untilLine } from '../testing/outcome.ts';
import { requireTools } from '../testing/require-tool.ts';
import { runOptions } from '../testing/run-options.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { imageOf, layerOf, ownPlatform } from '../testing/test-image.ts';
import { findEmulator } from './emulator.ts';

const arm64 = { os: 'linux', architecture: 'arm64' } as const;
const options = { ...runOptions, name: 'releases', platform: arm64 };

async function arm64Image(entrypoint: string, then: 'exit' | 'wait'): Promise<Image> {
  const layer = await layerOf(
    file('usr/bin/greet', arm64Program('hi', then), 0o755),
    file('usr/bin/script', '#!/usr/bin/env greet\n', 0o755),
  );
  return imageOf([layer], { Entrypoint: [entrypoint], User: '65532:65532' }, arm64);
}

const onAmd64 = ownPlatform().architecture === 'amd64';
const ready = onAmd64 && (await requireTools('runc', 'qemu-aarch64-static'));

describe.skipIf(!ready)('an image of a foreign architecture', () => {
  it('runs under qemu, here by a script that is found in PATH', async () => {
    const folder = temporaryFolder();
    const image = await arm64Image('script', 'wait');
    const service = await runcHost({ folder }).start(image, options, createContext());
    try {
      expect(service).toMatchObject({ emulated: true, machine: 'arm64', platform: arm64 });
      await untilLine(service, 'hi');
      expect((await service.stats()).cpuUsageNs).toBeGreaterThan(0);
    } finally {
      await service[Symbol.asyncDispose]();
    }
    expect(leftovers(folder)).toEqual([]);
  });

  it('ends as it would end without', async () => {
    const folder = temporaryFolder();
    const image = await arm64Image('/usr/bin/greet', 'exit');
    const words = await outcome(runcHost({ folder }).start(image, options, createContext()));
    expect(words).toMatch(/exit code 0[\s\S]*\nhi$/);
    expect(leftovers(folder)).toEqual([]);
  });
});

describe('findEmulator', () => {
  it("needs none for the machine's own architecture", async () => {
    expect(await findEmulator(ownPlatform(), '')).toBeUndefined();
  });

  it('says what to install when there is none', async () => {
    const foreign = platforms.find(({ architecture }) => architecture !== ownPlatform().architecture);
    await expect(findEmulator(foreign ?? arm64, temporaryFolder())).rejects.toMatchObject({
      code: 'CATA_EMULATOR_MISSING',
      hint: expect.stringContaining('apt-get install qemu-user-static'),
    });
  });
});
