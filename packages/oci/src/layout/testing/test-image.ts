import { createImage } from '../../image/create-image.ts';
import type { Image } from '../../image/image.ts';
import type { Layer } from '../../layer/layer.ts';

/** An image of these layers, and nothing else worth mentioning. */
export function testImage(...layers: readonly Layer[]): Promise<Image> {
  return createImage({
    platform: { os: 'linux', architecture: 'amd64' },
    parts: layers.map((layer) => ({ layer, createdBy: 'test' })),
    execution: {},
    created: '1970-01-01T00:00:00Z',
  });
}
