import {
  createContext,
  type Digest,
  file,
  type Image,
  type ImageConfig,
  type Layer,
  parsePlatform,
  rawFromValue,
} from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { checkImage } from '../check-image.ts';
import { elfBytes } from '../testing/elf-bytes.ts';
import { imageOf, layerOf } from '../testing/memory-image.ts';
import { noCache } from '../testing/no-cache.ts';
import { withSameImages } from '../with-same-images.ts';

const amd64 = parsePlatform('linux/amd64');
const arm64 = parsePlatform('linux/arm64');
const ctx = createContext();

async function withConfig(image: Image, change: (config: ImageConfig) => object): Promise<Image> {
  const { value } = await image.config();
  const changed = rawFromValue({ ...value, ...change(value) } as ImageConfig);
  return { ...image, config: async () => changed };
}

async function found(image: Image, platform = amd64): Promise<string[]> {
  const { findings } = await checkImage(image, platform, noCache, ctx);
  return findings.map(({ level, rule, message }) => `${level} ${rule} ${message}`);
}

const image = async () => imageOf(amd64, await layerOf(file('a', 'text')));

describe('config-platform', () => {
  it.each<[object, string]>([
    [{ architecture: 'arm64' }, 'linux/arm64'],
    [{ os: 'windows' }, 'windows/amd64'],
    [{ variant: 'v3' }, 'linux/amd64/v3'],
  ])('tells of %j', async (changed, says) => {
    expect(await found(await withConfig(await image(), () => changed))).toEqual([
      `error config-platform its configuration says ${says}, where linux/amd64 is expected`,
    ]);
  });

  it('is silent of another spelling of the same', async () => {
    const spelled = await withConfig(await imageOf(arm64), () => ({ variant: 'v8' }));
    expect(await found(spelled, arm64)).toEqual([]);
  });
});

describe('diff-id', () => {
  const other = `sha256:${'0'.repeat(64)}` as Digest;

  it('tells of a layer that is not what it is said to be, and whose it is', async () => {
    const layer = await layerOf(file('a', 'text'));
    const claimed: Layer = { ...layer, diffId: async () => other };
    expect(await found(await imageOf(amd64, claimed))).toEqual([
      `error diff-id layer 1 is said to be ${other}, and is ${await layer.diffId()}`,
    ]);
  });

  it('is not told what another image says of the same layer', async () => {
    const kept = new Map<string, never>();
    const cache = {
      ...noCache,
      getScan: async (key: string) => kept.get(key),
      putScan: async (key: string, scan: unknown) => void kept.set(key, scan as never),
    };
    const [wrong, right] = [
      await layerOf(file('a', elfBytes({ machine: 183 }))),
      await layerOf(file('a', '')),
    ];
    const claimed: Layer = { ...wrong, diffId: () => right.diffId() };
    await checkImage(await imageOf(amd64, claimed), amd64, cache, ctx);
    expect((await checkImage(await imageOf(amd64, right), amd64, cache, ctx)).findings).toEqual([]);
  });

  it('tells of diff IDs and history that are too many or too few, and looks no further', async () => {
    const rootfs = { type: 'layers', diff_ids: [other, other] };
    expect(await found(await withConfig(await image(), () => ({ rootfs })))).toEqual([
      'error diff-id it has 1 layers and 2 diff IDs; its files were not looked at',
    ]);
    const history = [{ created_by: 'ADD' }, { created_by: 'ENV', empty_layer: true }, { created_by: 'RUN' }];
    expect(await found(await withConfig(await image(), () => ({ history })))).toEqual([
      'warning diff-id its history tells of 2 layers, and it has 1',
    ]);
  });

  it('is silent of an image without a history, and of lines that made no layer', async () => {
    expect(await found(await withConfig(await image(), () => ({ history: undefined })))).toEqual([]);
    const history = [{ created_by: 'ENV', empty_layer: true }, { created_by: 'ADD' }];
    expect(await found(await withConfig(await image(), () => ({ history })))).toEqual([]);
  });

  it('tells of a secret in the history', async () => {
    const history = [{ created_by: `RUN |1 TOKEN=${'gh'}p_${'a1B2'.repeat(9)} /bin/sh -c npm ci` }];
    expect(await found(await withConfig(await image(), () => ({ history })))).toEqual([
      'error secret line 1 of its history holds a GitHub token',
    ]);
  });
});

describe('same-image', () => {
  const both = async (...contents: readonly (Uint8Array | string)[]) => {
    const images = await Promise.all(
      [amd64, arm64].map(async (platform, at) => ({
        platform,
        image: await imageOf(platform, await layerOf(file('app', contents[at] ?? contents[0] ?? ''))),
      })),
    );
    const reports = images.map((one) => checkImage(one.image, one.platform, noCache, ctx));
    const judged = await withSameImages(images, await Promise.all(reports));
    return judged.flatMap(({ findings }) => findings.filter(({ rule }) => rule === 'same-image'));
  };

  it('tells of native code that two platforms have alike', async () => {
    expect((await both(elfBytes({}))).map(({ level, message }) => `${level}: ${message}`)).toEqual([
      'error: it has the same layers as the image for linux/arm64, with native code in them',
      'error: it has the same layers as the image for linux/amd64, with native code in them',
    ]);
  });

  it('is silent of what is for every platform, and of what differs', async () => {
    expect(await both('console.log(1)')).toEqual([]);
    expect(await both(elfBytes({}), elfBytes({ machine: 183 }))).toEqual([]);
  });
});
