import { expect, it } from 'vitest';
import { contentOf } from '../content/content-of.ts';
import { createContext } from '../context/context.ts';
import { file } from '../tar/tar-entry.ts';
import { layerOf } from '../testing/memory-layer.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { layoutBlobs } from './layout-blobs.ts';
import { layoutSink } from './layout-content.ts';
import { readLayoutIndex } from './layout-index.ts';
import { putNamed } from './put-named.ts';
import { testImage } from './testing/test-image.ts';

it('gives no name to what is removed as soon as it is there, and says so', async () => {
  const folder = temporaryFolder();
  const content = await contentOf(await testImage(await layerOf(file('a', 'a'))));
  const blobs = { ...layoutBlobs(folder), reuse: async () => false };
  await expect(
    putNamed({ folder, blobs }, 'a', content, layoutSink(blobs), createContext()),
  ).rejects.toMatchObject({
    code: 'CATA_LAYOUT_NOT_WRITABLE',
    message: expect.stringMatching(/something removes its blobs .* sha256:[0-9a-f]{64}/),
  });
  expect(await readLayoutIndex(folder)).toBeUndefined();
});
