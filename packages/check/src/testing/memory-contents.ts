import type { ContentsCache, LayerContents } from '../look/layer-contents.ts';

/** Contents that are kept as JSON, as in a cache on disk. */
export function memoryContents(): ContentsCache {
  const kept = new Map<string, string>();
  return {
    getContents: async (key) => {
      const text = kept.get(key);
      return text === undefined ? undefined : (JSON.parse(text) as LayerContents);
    },
    putContents: async (key, contents) => void kept.set(key, JSON.stringify(contents)),
  };
}
