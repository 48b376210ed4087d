import { type ExecutionConfig, file, type Image, type Layer } from '@catamaran/oci';
import { nodeLayer } from './node-layer.ts';
import { imageOf, layerOf } from './test-image.ts';

let runtime: Promise<Layer> | undefined;

/** An image that runs a script in Node. */
export async function nodeImage(script: string, execution: ExecutionConfig = {}): Promise<Image> {
  runtime ??= nodeLayer();
  const layers = [await runtime, await layerOf(file('srv/main.mjs', script))];
  return imageOf(layers, { Entrypoint: ['node', '/srv/main.mjs'], ...execution });
}
