import { join, posix } from 'node:path';
import { symlink, type TarLink } from '@catamaran/oci';
import { imagePath } from '../../builders/node/image-paths.ts';
import { buildErrors } from '../../errors.ts';
import type { InputLog } from '../../inputs/input-log.ts';
import { linkText } from '../../npm/bin-links.ts';
import type { Project } from '../../project/project.ts';
import type { Target } from '../../target/target.ts';
import { type FolderFile, folderFiles } from '../folder-files.ts';
import { folderScript, refusedFolder } from '../folder-script.ts';
import type { LinkedFolder } from '../linked-folders.ts';
import type { InstallPlan } from './install-plan.ts';
import type { Installed, InstalledWorkspace } from './installed.ts';

export interface FoldersRequest {
  readonly plan: InstallPlan;
  readonly installed: Installed;
  readonly project: Project;
  readonly target: Target;
}

/**
 * The workspaces that the project needs, as packages of the image, with the links to them and to their commands.
 * @throws CATA_INSTALL_OUTSIDE, CATA_PACKAGE_INSTALL_SCRIPT and what `folderFiles` throws
 */
export async function installedFolders(
  request: FoldersRequest,
  inputs: InputLog,
): Promise<{ readonly files: readonly FolderFile[]; readonly links: readonly TarLink[] }> {
  const { lockfile } = request.plan;
  const { workspaces, links, bins } = request.installed;
  const [own, ...others] = workspaces;
  const there = new Set(workspaces.map(({ location }) => location));
  const leadsTo = new Map(links);
  const commands = bins.filter(({ owner }) => there.has(leadsTo.get(owner) ?? owner));
  const files: FolderFile[] = [];
  for (const workspace of others) {
    const { location, folder } = workspace;
    if (folder.startsWith('../')) {
      const target = join(lockfile.root, folder);
      throw buildErrors.CATA_INSTALL_OUTSIDE({ path: location, target, lockfile: lockfile.path });
    }
    const executables = commands.flatMap(({ owner, file }) =>
      leadsTo.get(owner) === location ? [file] : [],
    );
    const linked = { location, folder: join(lockfile.root, folder), path: imagePath(location), executables };
    const found = await folderFiles(linked, lockfile.path, inputs);
    await refuseInstallScript(linked, found, workspace, request);
    files.push(...found);
  }
  const paths = new Set(files.map(({ path }) => path));
  const isThere = (owner: string, file: string) =>
    leadsTo.get(owner) === own?.location || paths.has(imagePath(`${leadsTo.get(owner)}/${file}`));
  return {
    files,
    links: [
      ...links
        .filter(([, to]) => there.has(to))
        .map(([from, to]) => symlink(imagePath(from), posix.relative(posix.dirname(from), to) || '.')),
      ...commands
        .filter(({ owner, file }) => isThere(owner, file))
        .map((bin) => symlink(imagePath(bin.location), linkText(bin))),
    ],
  };
}

async function refuseInstallScript(
  folder: LinkedFolder,
  files: readonly FolderFile[],
  { name, version }: InstalledWorkspace,
  { project, target }: FoldersRequest,
): Promise<void> {
  const script = await folderScript(folder, files);
  if (script === undefined || project.app.native[name] === 'skip') return;
  throw refusedFolder({ name, version, script }, target);
}
