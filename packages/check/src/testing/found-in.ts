import {
  createContext,
  type ExecutionConfig,
  type Platform,
  parsePlatform,
  type TarEntry,
} from '@catamaran/oci';
import { checkImage } from '../check-image.ts';
import { layerOf, startedImage } from './memory-image.ts';
import { noCache } from './no-cache.ts';

interface Options {
  /** Default: it starts nothing. */
  readonly execution?: ExecutionConfig;
  /** Default: linux/amd64. */
  readonly platform?: Platform;
}

/** What is found in an image of these layers: "level rule path message", without the path where there is none. */
export async function foundIn(
  layers: readonly (readonly TarEntry[])[],
  { execution = {}, platform = parsePlatform('linux/amd64') }: Options = {},
): Promise<string[]> {
  const made = await Promise.all(layers.map((entries) => layerOf(...entries)));
  const image = await startedImage(platform, execution, ...made);
  const { findings } = await checkImage(image, platform, noCache, createContext());
  return findings.map(({ level, rule, path, message }) =>
    [level, rule, ...(path === undefined ? [] : [path]), message].join(' '),
  );
}
