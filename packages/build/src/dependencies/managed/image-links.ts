import { posix } from 'node:path';
import { imagePath } from '../../builders/node/image-paths.ts';
import { linkText } from '../../npm/bin-links.ts';
import type { PackageLink } from '../dependency-layers.ts';
import type { DependencyPlaces } from '../resolve-places.ts';
import type { Installed } from './installed.ts';

/** The links to packages, as the image has them. */
export function packageLinks({ packages }: Installed, links: Installed['links']): PackageLink[] {
  const locations = new Set(packages.map(({ location }) => location));
  return links
    .filter(([, to]) => locations.has(to))
    .map(([from, to]) => ({
      path: imagePath(from),
      target: posix.relative(posix.dirname(from), to),
      leadsTo: imagePath(to),
    }));
}

/** The links to commands whose files are there. */
export function commandLinks({ bins, links }: Installed, { files }: DependencyPlaces): PackageLink[] {
  const leadsTo = new Map(links);
  return bins.flatMap((bin) => {
    const package_ = imagePath(leadsTo.get(bin.owner) ?? bin.owner);
    const isThere = files.get(package_)?.has(bin.file);
    return isThere ? [{ path: imagePath(bin.location), target: linkText(bin), leadsTo: package_ }] : [];
  });
}
