import { createImage } from '../image/create-image.ts';
import { createIndex } from '../image/create-index.ts';
import type { Image, ImageIndex } from '../image/image.ts';
import type { Layer } from '../layer/layer.ts';
import { platforms } from '../model/platform.ts';
import { file } from '../tar/tar-entry.ts';
import { layerOf } from './memory-layer.ts';

export const [amd64, arm64] = platforms as [(typeof platforms)[number], (typeof platforms)[number]];

export function imageOf(platform = amd64, ...layers: readonly Layer[]): Promise<Image> {
  const parts = layers.map((layer) => ({ layer, createdBy: 'test' }));
  return createImage({ platform, parts, execution: { Cmd: ['/a'] }, created: '1970-01-01T00:00:00Z' });
}

/** Of both platforms: a layer with `content` that they share, and one of each one's own. */
export async function indexOf(content: string): Promise<ImageIndex> {
  const shared = await layerOf(file('shared', content));
  return createIndex([
    { platform: amd64, image: await imageOf(amd64, shared, await layerOf(file('cpu', 'amd64'))) },
    { platform: arm64, image: await imageOf(arm64, shared, await layerOf(file('cpu', 'arm64'))) },
  ]);
}
