import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buildErrors } from '../errors.ts';
import type { InputLog } from '../inputs/input-log.ts';
import { packList } from '../npm/pack-list.ts';
import type { LinkedFolder } from './linked-folders.ts';

/** A file of a linked folder, and its place in the image. */
export interface FolderFile {
  readonly path: string;
  readonly mode: number;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Absolute. */
  readonly source: string;
}

/**
 * The files of a folder that "npm pack" would choose: what its package.json names as its files, else what neither
 * .npmignore nor .gitignore leaves out; never its node_modules.
 * @throws CATA_JSON_INVALID, CATA_FOLDER_MISSING
 */
export async function folderFiles(
  { folder, path, executables }: LinkedFolder,
  lockfilePath: string,
  inputs: InputLog,
): Promise<FolderFile[]> {
  inputs.file(join(folder, 'package.json'));
  const chosen = await packList(folder).catch((cause: unknown) => {
    if ((cause as { code?: string }).code !== 'ENOENT') throw cause;
    throw buildErrors.CATA_FOLDER_MISSING({ path: lockfilePath, folder }, { cause });
  });
  await tellFolders(folder, inputs);
  const files: FolderFile[] = [];
  for (const file of chosen) {
    const source = join(folder, file);
    inputs.file(source);
    const { mode, size: sizeBytes } = await stat(source);
    const isExecutable = (mode & 0o111) !== 0 || executables.includes(file);
    const sha256 = await hashOf(source);
    files.push({ path: `${path}/${file}`, mode: isExecutable ? 0o755 : 0o644, sizeBytes, sha256, source });
  }
  return files;
}

/** A file that comes, and what says which files count, may change what is chosen. */
async function tellFolders(folder: string, inputs: InputLog): Promise<void> {
  inputs.folder(folder);
  for (const name of ['.npmignore', '.gitignore']) inputs.file(join(folder, name));
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const isOwn = entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git';
    if (isOwn) await tellFolders(join(folder, entry.name), inputs);
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
