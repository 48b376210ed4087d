import { join } from 'node:path';
import { createContext, type TarEntry } from '@catamaran/oci';
import type { Root } from '../bundle/read-root-file.ts';
import { unpackImage } from '../bundle/unpack.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { imageOf, layerOf } from './test-image.ts';

export async function unpackedRoot(...entries: readonly TarEntry[]): Promise<Root> {
  const folder = join(temporaryFolder(), 'rootfs');
  const image = await imageOf([await layerOf(...entries)]);
  return { folder, tree: await unpackImage(image, folder, createContext()) };
}
