import { isOutside } from '../npm/resolve-location.ts';

/**
 * Where in the image, from the lockfile's folder, something lies that the lockfile has at a location: there. But a
 * linked folder outside of the lockfile's, as in "../lib", takes the place of the first link to it.
 */
export function imageLocation(location: string, links: ReadonlyMap<string, string>): string {
  if (!isOutside(location)) return location;
  const link = [...links].find(([, target]) => target === location)?.[0];
  if (link === undefined) throw new Error(`no link leads to "${location}"`);
  return link;
}
