import { describe, expect, it } from 'vitest';
import { collectBytes } from '../layer/byte-stream.ts';
import type { Layer } from '../layer/layer.ts';
import { digestOf } from '../model/digest.ts';
import type { ImageConfig } from '../model/image-config.ts';
import { platforms } from '../model/platform.ts';
import { rawFromValue } from '../model/raw.ts';
import { file } from '../tar/tar-entry.ts';
import { layerOf } from '../testing/memory-layer.ts';
import { createImage, type ImageOptions } from './create-image.ts';
import type { Image } from './image.ts';

const [amd64] = platforms as [(typeof platforms)[number]];
const created = '2001-02-03T04:05:06Z';

async function options(): Promise<ImageOptions> {
  const base = await layerOf(file('a', 'base'));
  const application = await layerOf(file('b', 'application'));
  return {
    platform: amd64,
    parts: [
      { layer: base, createdBy: 'the base' },
      { layer: application, createdBy: 'the application' },
    ],
    execution: { User: '65532', Env: ['A=1'], Entrypoint: ['/bin/a'], WorkingDir: '/srv' },
    created,
  };
}

describe('createImage', () => {
  it('writes a configuration whose diff IDs are the digests of the uncompressed layers', async () => {
    const given = await options();
    const { value } = await (await createImage(given)).config();
    const uncompressed = await Promise.all(
      given.parts.map(async ({ layer }) => digestOf(await collectBytes(layer.uncompressed()))),
    );
    expect(value).toEqual({
      created,
      architecture: 'amd64',
      os: 'linux',
      config: { User: '65532', Env: ['A=1'], Entrypoint: ['/bin/a'], WorkingDir: '/srv' },
      rootfs: { type: 'layers', diff_ids: uncompressed },
      history: [
        { created, created_by: 'the base' },
        { created, created_by: 'the application' },
      ],
    });
  });

  it('writes a manifest that names the configuration and the compressed layers in their order', async () => {
    const given = await options();
    const image = await createImage(given);
    const config = await image.config();
    const compressed = await Promise.all(
      given.parts.map(async ({ layer }) => collectBytes(layer.compressed())),
    );
    expect((await image.manifest()).value).toEqual({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: {
        mediaType: 'application/vnd.oci.image.config.v1+json',
        digest: digestOf(config.bytes),
        size: config.bytes.byteLength,
      },
      layers: compressed.map((bytes) => ({
        mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
        digest: digestOf(bytes),
        size: bytes.byteLength,
      })),
    });
    expect(await image.layers()).toEqual(given.parts.map(({ layer }) => layer));
  });

  it('has bytes that say the same as the values, in an order of keys that is part of the digest', async () => {
    const image = await createImage({ ...(await options()), annotations: { a: 'b' } });
    for (const raw of [await image.manifest(), await image.config()]) {
      expect(JSON.parse(Buffer.from(raw.bytes).toString())).toEqual(raw.value);
    }
    const keys = Object.keys(JSON.parse(Buffer.from((await image.manifest()).bytes).toString()));
    expect(keys).toEqual(['schemaVersion', 'mediaType', 'config', 'layers', 'annotations']);
    const configKeys = Object.keys(JSON.parse(Buffer.from((await image.config()).bytes).toString()));
    expect(configKeys).toEqual(['created', 'architecture', 'os', 'config', 'rootfs', 'history']);
    expect((await image.manifest()).value.annotations).toEqual({ a: 'b' });
  });

  it('names the variant of a platform that has one', async () => {
    const platform = { os: 'linux', architecture: 'arm64', variant: 'v8' } as const;
    const { value } = await (await createImage({ ...(await options()), platform })).config();
    expect(value).toMatchObject({ architecture: 'arm64', variant: 'v8', os: 'linux' });
  });

  it('is the same image when it is made again', async () => {
    const [one, other] = [await createImage(await options()), await createImage(await options())];
    expect((await one.manifest()).bytes).toEqual((await other.manifest()).bytes);
    // What has been published under this digest must come out again.
    expect(digestOf((await one.manifest()).bytes)).toBe(
      'sha256:adf593e49b18905d67004306d2795bade580f3f7f86a9821e4abdbce01378ea6',
    );
  });

  it('may have no layer at all', async () => {
    const { value } = await (await createImage({ ...(await options()), parts: [] })).config();
    expect(value).toMatchObject({ rootfs: { type: 'layers', diff_ids: [] }, history: [] });
  });
});

describe('createImage on a base', () => {
  const history = [
    { created: '2020-01-01T00:00:00Z', created_by: 'ADD rootfs.tar /' },
    { created: '2020-01-01T00:00:01Z', created_by: 'ENV A=1', empty_layer: true },
    { created: '2020-01-01T00:00:02Z', created_by: 'RUN apt-get', comment: 'buildkit' },
  ];

  /** An image of two layers, with this in its configuration. */
  async function baseWith(more: Partial<ImageConfig>): Promise<Image> {
    const layers = [await layerOf(file('a', '1')), await layerOf(file('b', '2'))];
    const parts = layers.map((layer) => ({ layer, createdBy: 'x' }));
    const image = await createImage({ ...(await options()), parts });
    const config = rawFromValue<ImageConfig>({ ...(await image.config()).value, ...more });
    return { ...image, config: async () => config };
  }
  const on = async (base: Image) => createImage({ ...(await options()), base });

  it('has the layers of the base below its own, and what they said of themselves to the letter', async () => {
    const base = await baseWith({ history });
    const image = await on(base);
    const { parts } = await options();
    const digests = (layers: readonly Layer[]) =>
      Promise.all(layers.map(async (layer) => (await layer.descriptor()).digest));
    expect(await digests(await image.layers())).toEqual(
      await digests([...(await base.layers()), ...parts.map(({ layer }) => layer)]),
    );
    const { value } = await image.config();
    expect(value.history).toEqual([
      ...history,
      { created, created_by: 'the base' },
      { created, created_by: 'the application' },
    ]);
    const ids = await Promise.all((await image.layers()).map((layer) => layer.diffId()));
    expect(value.rootfs.diff_ids).toEqual(ids);
  });

  it.each([
    ['says nothing', undefined, 2],
    ['says nothing, in Docker’s way', null, 2],
    ['is silent of the last layer', history.slice(0, 2), 1],
  ])('has an entry of its history for each layer, where the base %s', async (_, told, missing) => {
    const { value } = await (await on(await baseWith({ created, history: told as never }))).config();
    const entries = value.history ?? [];
    expect(entries.slice(0, told?.length ?? 0)).toEqual(told ?? []);
    expect(entries.filter(({ empty_layer }) => !empty_layer)).toHaveLength(value.rootfs.diff_ids.length);
    expect(entries.filter(({ comment }) => comment === 'not in the history of the base')).toHaveLength(
      missing,
    );
  });

  it('refuses a base that contradicts itself', async () => {
    const more = [...history, { created_by: 'one more' }];
    await expect(on(await baseWith({ history: more }))).rejects.toMatchObject({
      code: 'CATA_MANIFEST_INVALID',
      message: expect.stringContaining('its history tells of 3 layers, and it has 2'),
    });
    const rootfs = { type: 'layers' as const, diff_ids: [digestOf('a')] };
    await expect(on(await baseWith({ rootfs }))).rejects.toMatchObject({
      code: 'CATA_MANIFEST_INVALID',
      message: expect.stringContaining('2 layers and 1 diff IDs'),
    });
  });
});
