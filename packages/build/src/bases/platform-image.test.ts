import { createIndex, file, type Platform } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { amd64, arm64, imageOf } from '../../testing/base-images.ts';
import { platformImage } from './platform-image.ts';

const on = (platform: Platform) => imageOf(platform, [[file('cpu', platform.architecture)]]);

describe('the image for a platform', () => {
  it('of an index that does not have it is an error that names those it has', async () => {
    const index = await createIndex([
      { platform: arm64, image: await on(arm64) },
      { platform: { os: 'linux', architecture: 's390x' } as never, image: await on(amd64) },
      { platform: { os: 'unknown', architecture: 'unknown' } as never, image: await on(amd64) },
    ]);
    await expect(platformImage(index, amd64, 'r.io/base:1')).rejects.toMatchObject({
      code: 'CATA_BASE_PLATFORM',
      fault: 'user',
      message: 'The base r.io/base:1 has no image for linux/amd64: it has linux/arm64, linux/s390x.',
      hint: expect.stringContaining('leave linux/amd64 out of platforms'),
    });
  });

  it('is not one that an index lists as such and that says of itself that it is another', async () => {
    const index = await createIndex([
      { platform: amd64, image: await on(arm64) },
      { platform: arm64, image: await on(arm64) },
    ]);
    await expect(platformImage(index, amd64, 'r.io/base:1')).rejects.toMatchObject({
      code: 'CATA_BASE_PLATFORM',
      message: expect.stringContaining('what it lists as that is for linux/arm64'),
    });
    expect(await platformImage(index, arm64, 'r.io/base:1')).toBeDefined();
  });

  it('is an image that is alone, for its own platform only, however that is written', async () => {
    const image = await on({ ...arm64, variant: 'v8' });
    expect(await platformImage(image, arm64, 'r.io/base:1')).toBe(image);
    await expect(platformImage(image, amd64, 'r.io/base:1')).rejects.toMatchObject({
      message: 'The base r.io/base:1 has no image for linux/amd64: it is one image, for linux/arm64/v8.',
    });
  });
});
