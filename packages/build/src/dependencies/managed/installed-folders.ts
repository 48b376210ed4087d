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
  /** Those that are packages of the image. */
  readonly workspaces: readonly InstalledWorkspace[];
  /** All that the image has. */
  readonly links: Installed['links'];
  readonly project: Project;
  readonly target: Target;
}

/**
 * Workspaces as packages of the image, with the links to them and to their commands.
 * @throws CATA_INSTALL_OUTSIDE, CATA_PACKAGE_INSTALL_SCRIPT and what `folderFiles` throws
 */
export async function installedFolders(
  request: FoldersRequest,
  inputs: InputLog,
): Promise<{ readonly files: readonly FolderFile[]; readonly links: readonly TarLink[] }> {
  const { workspaces, links, installed } = request;
  const leadsTo = new Map(links);
  const [own] = installed.workspaces;
  // npm and its like link a workspace to itself, too.
  const there = new Set([...workspaces.map(({ location }) => location), own?.location]);
  const commands = installed.bins.filter(({ owner }) => there.has(leadsTo.get(owner)));
  const files: FolderFile[] = [];
  for (const workspace of workspaces) {
    const executables = commands
      .filter(({ owner }) => leadsTo.get(owner) === workspace.location)
      .map(({ file }) => file);
    files.push(...(await filesOf(workspace, executables, request, inputs)));
  }
  const paths = new Set(files.map(({ path }) => path));
  const isThere = (folder: string | undefined, file: string) =>
    folder === own?.location || paths.has(imagePath(`${folder}/${file}`));
  const wanted = commands.filter(({ owner, file }) => isThere(leadsTo.get(owner), file));
  return {
    files,
    links: [
      ...links.filter(([, to]) => there.has(to)).map(([from, to]) => linkTo(from, to)),
      ...wanted.map((bin) => symlink(imagePath(bin.location), linkText(bin))),
    ],
  };
}

function linkTo(from: string, to: string): TarLink {
  return symlink(imagePath(from), posix.relative(posix.dirname(from), to) || '.');
}

async function filesOf(
  workspace: InstalledWorkspace,
  executables: readonly string[],
  request: FoldersRequest,
  inputs: InputLog,
): Promise<readonly FolderFile[]> {
  const { path: lockfile, root } = request.plan.lockfile;
  const { location, folder } = workspace;
  if (folder.startsWith('../')) {
    throw buildErrors.CATA_INSTALL_OUTSIDE({ path: location, target: join(root, folder), lockfile });
  }
  const linked = { location, folder: join(root, folder), path: imagePath(location), executables };
  const files = await folderFiles(linked, lockfile, inputs);
  await refuseInstallScript(linked, files, workspace, request);
  return files;
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
