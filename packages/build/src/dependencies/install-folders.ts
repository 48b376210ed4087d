import type { TarLink } from '@catamaran/oci';
import { buildErrors } from '../errors.ts';
import type { InputLog } from '../inputs/input-log.ts';
import type { Lockfile } from '../npm/lockfile.ts';
import { isOutside, packageName } from '../npm/resolve-location.ts';
import { type FolderFile, folderFiles } from './folder-files.ts';
import { folderScript, refusedFolder } from './folder-script.ts';
import {
  commandLinks,
  copiedFolders,
  folderLinks,
  type LinkedFolder,
  linkedFolders,
} from './linked-folders.ts';
import type { NpmLayersRequest } from './npm-layers.ts';

export interface InstalledFolders {
  readonly files: readonly FolderFile[];
  readonly links: readonly TarLink[];
  /** How many folders. */
  readonly count: number;
}

/**
 * The folders of the project that are packages of the image, and the links in node_modules to them.
 * @param chosen the links that are installed, and where they lead
 * @throws CATA_PACKAGE_INSTALL_SCRIPT, CATA_FOLDER_OUTSIDE and what `folderFiles` throws
 */
export async function installFolders(
  request: NpmLayersRequest,
  chosen: ReadonlyMap<string, string>,
  inputs: InputLog,
): Promise<InstalledFolders> {
  const { lockfile, packages } = request;
  const folders = [...copiedFolders(packages), ...linkedFolders(lockfile, packages, chosen)];
  const files: FolderFile[] = [];
  for (const folder of folders) {
    refuseNeedsOutside(folder, lockfile);
    const own = await folderFiles(folder, lockfile.path, inputs);
    await refuseInstallScript(folder, own, request);
    files.push(...own);
  }
  const paths = new Set(files.map(({ path }) => path));
  const pathOf = new Map(folders.map(({ location, path }) => [location, path]));
  const commands = commandLinks(packages, (owner, file) =>
    paths.has(`${pathOf.get(chosen.get(owner) ?? owner)}/${file}`),
  );
  return {
    files,
    links: [...folderLinks(chosen), ...commands],
    count: folders.length,
  };
}

/** npm leaves what such a folder needs to the folder's own lockfile. */
function refuseNeedsOutside({ location, folder }: LinkedFolder, { path, packages }: Lockfile): void {
  const needs = Object.keys(packages.get(location)?.dependencies ?? {});
  if (!isOutside(location) || needs.length === 0) return;
  throw buildErrors.CATA_FOLDER_OUTSIDE({
    folder,
    lockfile: path,
    names: needs.map((name) => `"${name}"`).join(', '),
  });
}

/** npm would run it where it installs: on the machine that builds. */
async function refuseInstallScript(
  { location, folder, path }: LinkedFolder,
  files: readonly FolderFile[],
  { lockfile, project, target }: NpmLayersRequest,
): Promise<void> {
  const locked = lockfile.packages.get(location);
  const name = locked?.name ?? packageName(location);
  if (!locked?.hasInstallScript || project.app.native[name] === 'skip') return;
  const script = (await folderScript({ folder, path }, files)) ?? 'not in its package.json';
  throw refusedFolder({ name, version: locked.version ?? '', script }, target);
}
