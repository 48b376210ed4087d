import { posix } from 'node:path';
import type { Context } from '@catamaran/oci';
import type { BuiltLayer } from '../../builders/builder.ts';
import { imagePath } from '../../builders/node/image-paths.ts';
import type { Project } from '../../project/project.ts';
import type { Target } from '../../target/target.ts';
import { dependencyLayers } from '../dependency-layers.ts';
import type { PackageCandidate } from '../dependency-places.ts';
import type { DependencyServices } from '../dependency-services.ts';
import type { DependencySource } from '../dependency-source.ts';
import { resolvePlaces } from '../resolve-places.ts';
import { borrowedLinks } from './borrowed-links.ts';
import { install } from './install.ts';
import type { InstallPlan } from './install-plan.ts';
import type { Installed, InstalledPackage } from './installed.ts';
import { openPacked } from './open-packed.ts';
import { resolveManagedImport } from './resolve-managed-import.ts';

/** What another package manager than npm installs for each target, out of a stage. */
export async function managedDependencies(
  plan: InstallPlan,
  project: Project,
  targets: readonly Target[],
  services: DependencyServices,
  ctx: Context,
): Promise<DependencySource> {
  const all = await install(plan, targets, services, ctx);
  const refill = onceAtATime((inner) => install(plan, targets, services, inner, true));
  const candidateOf = ({ digest, sizeBytes, ...found }: InstalledPackage): PackageCandidate => ({
    ...found,
    path: imagePath(found.location),
    integrity: digest,
    // Scripts are told from package.json alone, by whoever looks into the package.
    hasInstallScript: false,
    open: async (inner) => {
      const blob = { digest, sizeBytes };
      const opened = await openPacked(blob, services.cache, inner);
      if (opened) return opened;
      await refill(inner);
      const again = await openPacked(blob, services.cache, inner);
      if (again) return again;
      throw new Error(`${found.location} is another one when it is installed again`);
    },
  });
  return {
    root: plan.lockfile.root,
    workspace: plan.workspace,
    async layers(target: Target, inner: Context): Promise<readonly BuiltLayer[]> {
      const [installed] = await install(plan, [target], services, inner);
      if (!installed) return [];
      const candidates = installed.packages.map(candidateOf);
      const { root } = plan.lockfile;
      const places = await resolvePlaces(
        candidates,
        target,
        project.app.native,
        { ...services, root },
        inner,
      );
      const links = linksTo(installed, [...installed.links, ...borrowedLinks(installed)]);
      return dependencyLayers(places, links, target, { ...services, project }, inner);
    },
    resolveImport: (importer, name) => resolveManagedImport(plan, all, { importer, name }),
  };
}

/** The links to packages, as the image has them. */
function linksTo({ packages }: Installed, links: Installed['links']) {
  const locations = new Set(packages.map(({ location }) => location));
  return links
    .filter(([, to]) => locations.has(to))
    .map(([from, to]) => ({
      path: imagePath(from),
      target: posix.relative(posix.dirname(from), to),
      leadsTo: imagePath(to),
    }));
}

function onceAtATime<T>(work: (ctx: Context) => Promise<T>): (ctx: Context) => Promise<T> {
  let underWay: Promise<T> | undefined;
  return (ctx) => {
    underWay ??= work(ctx).finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
