import type { ModuleKind } from './module-kind.ts';
import { locationHeads } from './own-location.ts';

export interface Bundle {
  readonly code: string;
  /** A source map. https://tc39.es/ecma426/ */
  readonly map: string;
}

/** How esbuild begins its stand-in for `require` in an ES module, which finds none. */
const shim = '((x) => typeof require !== "undefined" ? require :';
const required = '((x) => __catamaran_require ? __catamaran_require :';
const requireHead =
  'import { createRequire as __catamaran_create } from "node:module"; const __catamaran_require = __catamaran_create(import.meta.url);';

/**
 * Puts before a bundle what its parts need and esbuild does not know of: where they are, and how to load packages that
 * CommonJS among them requires. The source map is told of the new lines.
 * @param originals of sources that were changed before they were bundled, by their paths as the map has them
 */
export function finishBundle(
  { code, map }: Bundle,
  kind: ModuleKind,
  originals: ReadonlyMap<string, string>,
): Bundle {
  const needsRequire = kind === 'esm' && code.includes(shim);
  const heads = [
    ...(needsRequire ? [requireHead] : []),
    ...(originals.size > 0 ? [locationHeads[kind]] : []),
  ];
  if (heads.length === 0) return { code, map };
  // A line for the shell stays the first; nothing is mapped to it.
  const first = /^#!.*\n/.exec(code)?.[0] ?? '';
  const rest = code.slice(first.length);
  return {
    code: first + [...heads, needsRequire ? rest.replace(shim, required) : rest].join('\n'),
    map: moved(map, heads.length, originals),
  };
}

function moved(map: string, lines: number, originals: ReadonlyMap<string, string>): string {
  const parsed = JSON.parse(map) as {
    readonly sources: readonly string[];
    readonly sourcesContent: readonly string[];
    readonly mappings: string;
  };
  return JSON.stringify({
    ...parsed,
    sourcesContent: parsed.sources.map((path, at) => originals.get(path) ?? parsed.sourcesContent[at]),
    // Every line of the code ends with a semicolon.
    mappings: ';'.repeat(lines) + parsed.mappings,
  });
}
