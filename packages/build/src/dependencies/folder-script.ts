import type { CatamaranError } from '@catamaran/oci';
import { buildErrors } from '../errors.ts';
import { installScript } from '../native/install-script.ts';
import { treeToPack } from '../npm/pack-list.ts';
import { formatTarget, type Target } from '../target/target.ts';
import type { FolderFile } from './folder-files.ts';
import type { LinkedFolder } from './linked-folders.ts';

/** The install script of a folder of the project, which a package manager would run where it installs. */
export async function folderScript(
  { folder, path }: Pick<LinkedFolder, 'folder' | 'path'>,
  files: readonly FolderFile[],
): Promise<string | undefined> {
  const { package: manifest } = await treeToPack(folder);
  const inside = files.map(({ path: place, sizeBytes }) => ({
    path: place.slice(path.length + 1),
    sizeBytes,
  }));
  return installScript({ name: '', version: '', manifest, files: inside });
}

export function refusedFolder(
  { name, version, script }: { readonly name: string; readonly version: string; readonly script: string },
  target: Target,
): CatamaranError {
  return buildErrors.CATA_PACKAGE_INSTALL_SCRIPT({
    name,
    version,
    platform: formatTarget(target),
    reason: 'it is a folder of the project, whose files are taken as they are',
    script,
  });
}
