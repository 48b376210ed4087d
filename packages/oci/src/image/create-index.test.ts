import { describe, expect, it } from 'vitest';
import { digestOf } from '../model/digest.ts';
import { type Platform, platforms } from '../model/platform.ts';
import { createImage } from './create-image.ts';
import { createIndex } from './create-index.ts';
import { isImageIndex } from './image.ts';

const [amd64, arm64] = platforms as [Platform, Platform];

const imageFor = (platform: Platform) =>
  createImage({ platform, parts: [], execution: {}, created: '1970-01-01T00:00:00Z' });

describe('createIndex', () => {
  it('lists the images in the order given, with platform, digest and size', async () => {
    const images = [
      { platform: arm64, image: await imageFor(arm64) },
      { platform: amd64, image: await imageFor(amd64) },
    ];
    const manifest = await (await createIndex(images, { a: 'b' })).manifest();
    const expected = await Promise.all(
      images.map(async ({ platform, image }) => {
        const { bytes } = await image.manifest();
        const mediaType = 'application/vnd.oci.image.manifest.v1+json';
        return { mediaType, digest: digestOf(bytes), size: bytes.byteLength, platform };
      }),
    );
    expect(manifest.value).toEqual({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: expected,
      annotations: { a: 'b' },
    });
    expect(JSON.parse(Buffer.from(manifest.bytes).toString())).toEqual(manifest.value);
  });

  it('has no annotations where none were given', async () => {
    expect((await (await createIndex([])).manifest()).value).not.toHaveProperty('annotations');
  });

  it('gives the image of a platform, whichever way arm64 is spelled', async () => {
    const image = await imageFor(arm64);
    const index = await createIndex([
      { platform: amd64, image: await imageFor(amd64) },
      { platform: arm64, image },
    ]);
    expect(await index.image(arm64)).toBe(image);
    expect(await index.image({ ...arm64, variant: 'v8' })).toBe(image);
    expect(isImageIndex(index)).toBe(true);
    expect(isImageIndex(image)).toBe(false);
  });

  it('says which platforms it has when it lacks one', async () => {
    const index = await createIndex([{ platform: amd64, image: await imageFor(amd64) }]);
    await expect(index.image(arm64)).rejects.toMatchObject({
      code: 'CATA_PLATFORM_NOT_IN_INDEX',
      message: 'The image has no linux/arm64.',
      hint: 'It has: linux/amd64. Build it with --platform linux/arm64.',
    });
  });
});
