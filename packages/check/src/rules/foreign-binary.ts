import { describeBinary } from '@catamaran/build/native';
import type { ImageRule } from './rule.ts';

/** No file is a program for another operating system. */
export const foreignBinaryRule: ImageRule = {
  id: 'foreign-binary',
  check({ layers, platform, get }) {
    return layers.flatMap(({ index, scan }) =>
      scan.foreign
        .filter(({ path }) => get(path)?.layerIndex === index)
        .map(({ path, ...kind }) => ({
          rule: 'foreign-binary',
          level: 'error',
          path: `/${path}`,
          message: `is ${describeBinary(kind)}, the image is for ${platform.os}`,
        })),
    );
  },
};
