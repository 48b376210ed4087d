import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { buildErrors } from '../../errors.ts';
import type { DependencySource, ImportTarget } from '../dependency-source.ts';
import { borrowedLinks } from './borrowed-links.ts';
import type { InstallPlan } from './install-plan.ts';
import type { Installed } from './installed.ts';
import { resolveName } from './stage-tree.ts';

interface View {
  readonly packages: ReadonlySet<string>;
  /** As they are at home, for the source. */
  readonly links: ReadonlyMap<string, string>;
  /** As they are in the image, for the bundle. */
  readonly inImage: ReadonlyMap<string, string>;
}

/**
 * Where imports lead, by what was installed; on which target a package is found does not matter.
 * @param external workspaces that are packages of the image
 */
export function importResolver(
  { lockfile, workspace }: InstallPlan,
  installs: readonly Installed[],
  external: readonly string[],
): DependencySource['resolveImport'] {
  const views = installs.map((installed) => viewOf(installed, external));
  return (importer, name): ImportTarget => {
    const folder = posix.dirname(importer).replace(/^\.$/, '');
    for (const { packages, links, inImage } of views) {
      const isPackage = (at: string) => packages.has(at);
      const found = resolveName(isPackage, links, folder, name);
      if (found === undefined) continue;
      if (!isPackage(found) && !external.includes(name)) return { kind: 'source' };
      if (resolveName(isPackage, inImage, workspace, name) === found) return { kind: 'package' };
      return { kind: 'refused', error: buildErrors.CATA_IMPORT_AMBIGUOUS({ importer, name }) };
    }
    // A path of tsconfig's, or nothing; but what the project has installed would be bundled as it is there.
    if (!isInstalledAtHome(lockfile.root, folder, name)) return { kind: 'source' };
    return { kind: 'refused', error: buildErrors.CATA_IMPORT_NOT_PRODUCTION({ importer, name }) };
  };
}

function viewOf(installed: Installed, external: readonly string[]): View {
  return {
    packages: new Set(installed.packages.map(({ location }) => location)),
    links: new Map(installed.links),
    inImage: new Map([...installed.links, ...borrowedLinks(installed, external)]),
  };
}

function isInstalledAtHome(root: string, folder: string, name: string): boolean {
  for (let from = folder; ; from = posix.dirname(from).replace(/^\.$/, '')) {
    if (existsSync(join(root, from, 'node_modules', name))) return true;
    if (from === '' || from.startsWith('..')) return false;
  }
}
