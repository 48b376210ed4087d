import type { LayerRule } from './rule.ts';

/** What begins like ELF can be read as one. */
export const readableRule: LayerRule = {
  id: 'readable',
  check({ index, scan }, image) {
    return scan.broken
      .filter(({ path }) => image.get(path)?.layerIndex === index)
      .map(({ path, reason }) => ({
        rule: 'readable',
        level: 'error',
        path: `/${path}`,
        message: `cannot be read: ${reason}`,
      }));
  },
};
