import { type Context, formatPlatform, symlink } from '@catamaran/oci';
import { type BuiltLayer, builtLayer } from '../builders/builder.ts';
import type { ResolvedPlace } from '../packages/package-place.ts';
import type { Project } from '../project/project.ts';
import type { Target } from '../target/target.ts';
import { dependencyLayer } from './dependency-layer.ts';
import type { DependencyServices } from './dependency-services.ts';
import type { DependencyPlaces } from './resolve-places.ts';

/** A link in the image to a package's folder. */
export interface PackageLink {
  readonly path: string;
  /** The text that it holds, relative to its folder. */
  readonly target: string;
  /** The folder in the image that it leads to: of the same layer. */
  readonly leadsTo: string;
}

/** The layers of a target's packages, with the links to each beside it; the one that every target has comes first. */
export async function dependencyLayers(
  { neutral, native }: DependencyPlaces,
  links: readonly PackageLink[],
  target: Target,
  services: DependencyServices & { readonly project: Project },
  ctx: Context,
): Promise<readonly BuiltLayer[]> {
  const layerOf = async (places: readonly ResolvedPlace[], title: string) => {
    if (places.length === 0) return [];
    const paths = new Set(places.map(({ path }) => path));
    const beside = links.flatMap((link) =>
      paths.has(link.leadsTo) ? [symlink(link.path, link.target)] : [],
    );
    const options = { ...services, title, links: beside, mtimeSeconds: services.project.sourceDateEpoch };
    const layer = await dependencyLayer(places, options, ctx);
    return [builtLayer(layer, `catamaran: ${title} (${places.length})`)];
  };
  return [
    ...(await layerOf(neutral, 'Packages for every platform')),
    ...(await layerOf(native, `Native packages for ${formatPlatform(target.platform)}`)),
  ];
}
