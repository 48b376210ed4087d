import { describe, expect, it } from 'vitest';
import { createContext } from '../context/context.ts';
import { layoutStore } from '../layout/layout-store.ts';
import type { Descriptor } from '../model/descriptor.ts';
import { mediaTypes } from '../model/media-types.ts';
import { rawFromValue } from '../model/raw.ts';
import { parseReference } from '../model/reference.ts';
import { file } from '../tar/tar-entry.ts';
import { layerOf } from '../testing/memory-layer.ts';
import { amd64, arm64, imageOf, indexOf } from '../testing/small-index.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { descriptorOf } from './descriptor-of.ts';
import type { Image, ImageIndex } from './image.ts';
import { indexOfChildren } from './index-of-children.ts';

type Child = readonly [image: Image | ImageIndex, more: Partial<Descriptor>];

async function indexWith(...children: readonly Child[]): Promise<ImageIndex> {
  const entries = await Promise.all(
    children.map(async ([image, more]) => ({ ...(await descriptorOf(image)), ...more })),
  );
  const manifest = rawFromValue({
    schemaVersion: 2 as const,
    mediaType: mediaTypes.index,
    manifests: entries,
  });
  return indexOfChildren(
    manifest,
    new Map(children.map(([image], at) => [entries[at]?.digest ?? '', image])) as never,
  );
}

const imageWith = async (content: string, platform = amd64) =>
  imageOf(platform, await layerOf(file('content', content)));
const digestOf = async (image: Image | ImageIndex) => (await descriptorOf(image)).digest;

/** The same index at hand, and out of a layout on disk. */
async function both(index: ImageIndex): Promise<readonly ImageIndex[]> {
  const store = layoutStore(temporaryFolder());
  await store.put(parseReference('app'), index, createContext());
  return [index, (await store.get(parseReference('app'), createContext())) as ImageIndex];
}

describe('an index', () => {
  it('gives the first image of a platform, whatever else is said to be for it', async () => {
    const [first, second, soci] = [await imageWith('1'), await imageWith('2'), await imageWith('soci')];
    const whole = await indexWith(
      [soci, { platform: amd64, artifactType: 'application/vnd.amazon.soci.index.v2+json' }],
      [await imageWith('attestation'), { platform: { os: 'unknown', architecture: 'unknown' } }],
      [await imageWith('v2'), { platform: { ...amd64, variant: 'v2' } }],
      [first, { platform: { ...amd64, variant: 'v1' } }],
      [second, { platform: amd64 }],
      [await imageWith('arm', arm64), { platform: { ...arm64, variant: 'v8' } }],
    );
    for (const index of await both(whole)) {
      expect(await digestOf(await index.image(amd64))).toBe(await digestOf(first));
      expect((await (await index.image(arm64)).config()).value.architecture).toBe('arm64');
      expect(await digestOf(await index.image({ ...amd64, variant: 'v2' }))).not.toBe(await digestOf(first));
    }
  });

  it('is looked through with the indexes in it, in the order of its entries', async () => {
    const [nested, later] = [await indexOf('nested'), await imageWith('later')];
    const whole = await indexWith([nested, {}], [later, { platform: amd64 }]);
    for (const index of await both(whole)) {
      expect(await digestOf(await index.image(amd64))).toBe(await digestOf(await nested.image(amd64)));
      await expect(index.image({ os: 'linux', architecture: 's390x' })).rejects.toMatchObject({
        code: 'CATA_PLATFORM_NOT_IN_INDEX',
      });
    }
  });

  it('is not looked through where an index in it is for another platform, or is no image’s', async () => {
    const wanted = await imageWith('wanted');
    const whole = await indexWith(
      [await indexOf('other'), { platform: arm64 }],
      [await indexOf('artifact'), { artifactType: 'application/vnd.example' }],
      [wanted, { platform: amd64 }],
    );
    for (const index of await both(whole)) {
      expect(await digestOf(await index.image(amd64))).toBe(await digestOf(wanted));
    }
  });

  it('that is nested without end is given up', async () => {
    let index = await indexOf('deep');
    for (let depth = 0; depth < 12; depth++) index = await indexWith([index, {}]);
    await expect(index.image(amd64)).rejects.toMatchObject({ code: 'CATA_PLATFORM_NOT_IN_INDEX' });
  });
});
