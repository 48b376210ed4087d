import { foldersAbove } from '@catamaran/oci';
import { type PathPattern, parsePattern } from './path-pattern.ts';

/** A list of patterns of which the last that matches a path, or a folder that it lies in, decides. */
export interface PathPatterns {
  readonly patterns: readonly PathPattern[];
  match(path: string, within?: string): boolean;
}

/** @throws SyntaxError */
export function pathPatterns(
  written: readonly string[],
  options: { readonly braces: boolean },
): PathPatterns {
  const patterns = written.map((text) => parsePattern(text, options));
  return { patterns, match: (path, within) => matchPatterns(patterns, path, within) };
}

/** @param within a folder that the path lies in: what matches that folder, or one above it, does not count */
export function matchPatterns(patterns: readonly PathPattern[], path: string, within = ''): boolean {
  const places = placesOf(path, within);
  let matched = false;
  for (const pattern of patterns) {
    if (pattern.negated !== matched) continue;
    if (places.some((place) => pattern.matches(place))) matched = !pattern.negated;
  }
  return matched;
}

/** Whether a pattern, taken by itself, speaks of this path. */
export function speaksOf(pattern: PathPattern, path: string): boolean {
  return placesOf(path, '').some((place) => pattern.matches(place));
}

function placesOf(path: string, within: string): string[] {
  return [...foldersAbove(path), path].filter((place) => !`${within}/`.startsWith(`${place}/`));
}
