import { createCipheriv } from 'node:crypto';
import {
  blobLayer,
  createContext,
  createImage,
  createIndex,
  digestOf,
  directory,
  endOfTar,
  file,
  layoutStore,
  mediaTypes,
  parsePlatform,
  parseReference,
  writeTarEntries,
} from '@catamaran/oci';

/** In MB. What the layers of an image with a large one among them look like; 500 MB in all. */
const layerSizes = [300, 100, 60, 30, 10];

/** Writes an image of 500 MB, which no compression makes smaller, into a layout, under the name `large`. */
export async function writeLargeImage(layout: string): Promise<void> {
  const parts = layerSizes.map((size, index) => {
    const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, index + 1), Buffer.alloc(16));
    const content = cipher.update(Buffer.alloc(size * 1e6));
    const entries = [directory('data'), file(`data/${index}`, content)];
    const bytes = Buffer.concat([...writeTarEntries(entries, 0), endOfTar]);
    const digest = digestOf(bytes);
    const descriptor = { mediaType: mediaTypes.layerTar, digest, size: bytes.byteLength };
    const layer = blobLayer({
      descriptor,
      diffId: digest,
      open: async function* () {
        yield bytes;
      },
    });
    return { layer, createdBy: `${size} MB` };
  });
  const platform = parsePlatform(process.arch === 'arm64' ? 'linux/arm64' : 'linux/amd64');
  const image = await createImage({ platform, parts, execution: {}, created: '1970-01-01T00:00:00Z' });
  const index = await createIndex([{ platform, image }]);
  await layoutStore(layout).put(parseReference('large'), index, createContext());
}
