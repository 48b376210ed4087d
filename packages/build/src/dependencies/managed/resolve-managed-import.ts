import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { buildErrors } from '../../errors.ts';
import type { ImportTarget } from '../dependency-source.ts';
import { borrowedLinks } from './borrowed-links.ts';
import type { InstallPlan } from './install-plan.ts';
import type { Installed } from './installed.ts';
import { resolveName } from './stage-tree.ts';

export interface Import {
  /** The importing file, from the root. */
  readonly importer: string;
  /** Of the package. */
  readonly name: string;
}

/**
 * Where an import leads, by what was installed; on which target it is found does not matter.
 * @param external workspaces that are packages of the image
 */
export function resolveManagedImport(
  { lockfile, workspace }: InstallPlan,
  installs: readonly Installed[],
  { importer, name }: Import,
  external: readonly string[],
): ImportTarget {
  const folder = posix.dirname(importer).replace(/^\.$/, '');
  const details = { importer, name };
  for (const installed of installs) {
    const packages = new Set(installed.packages.map(({ location }) => location));
    const links = new Map(installed.links);
    const resolve = (from: string, all: ReadonlyMap<string, string>) =>
      resolveName((at) => packages.has(at), all, from, name);
    const found = resolve(folder, links);
    if (found === undefined) continue;
    if (!packages.has(found)) return { kind: external.includes(name) ? 'package' : 'source' };
    const inImage = resolve(workspace, new Map([...links, ...borrowedLinks(installed)]));
    if (inImage === found) return { kind: 'package' };
    return { kind: 'refused', error: buildErrors.CATA_IMPORT_AMBIGUOUS(details) };
  }
  // A path of tsconfig's, or nothing; but what the project has installed would be bundled as it is there.
  if (!isInstalledAtHome(lockfile.root, folder, name)) return { kind: 'source' };
  return { kind: 'refused', error: buildErrors.CATA_IMPORT_NOT_PRODUCTION(details) };
}

function isInstalledAtHome(root: string, folder: string, name: string): boolean {
  for (let from = folder; ; from = posix.dirname(from).replace(/^\.$/, '')) {
    if (existsSync(join(root, from, 'node_modules', name))) return true;
    if (from === '') return false;
  }
}
