import { createHash } from 'node:crypto';
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isUnsafePath, messageOf } from '@catamaran/oci';
import { buildErrors } from '../../errors.ts';
import type { InputLog } from '../../inputs/input-log.ts';
import { isProgram } from './is-program.ts';

/** What the configuration says of a file or a folder that is put into a base. */
export interface AddedPath {
  /** Absolute, on this machine. */
  readonly from: string;
  /** Absolute, in the image. */
  readonly to: string;
  /** Undefined: by what is in it, as not every file system knows which files are programs. */
  readonly mode: number | undefined;
}

/** A file, or a link, that is put into a base. */
export type AddedFile = {
  /** From the image's root. */
  readonly path: string;
  /** Differs where the content does. */
  readonly identity: string;
  readonly mode: number;
} & (
  | { readonly type: 'file'; readonly content: Uint8Array }
  | { readonly type: 'symlink'; readonly target: string }
);

/**
 * Reads files and folders of this machine; of their times, owners and modes nothing gets into the image.
 * @throws CATA_BASE_FILE
 */
export async function readAddedFiles(
  paths: readonly AddedPath[],
  inputs: InputLog,
): Promise<readonly AddedFile[]> {
  const found: AddedFile[] = [];
  for (const added of paths) {
    const place = added.to.replace(/^\/+/, '');
    // A folder that was a file, or the other way round, is told by its name's absence.
    inputs.file(added.from);
    const kind = await stat(added.from).catch((cause: unknown) => {
      throw buildErrors.CATA_BASE_FILE({ path: added.from, reason: messageOf(cause) }, { cause });
    });
    if (kind.isDirectory()) found.push(...(await readFolder(added.from, place, added.mode, inputs)));
    else if (!kind.isFile()) throw neither(added.from);
    else if (place === '')
      throw buildErrors.CATA_BASE_FILE({ path: added.from, reason: 'a file cannot be "/"' });
    else found.push(await readOne(added.from, place, added.mode));
  }
  return found;
}

async function readFolder(
  folder: string,
  place: string,
  mode: number | undefined,
  inputs: InputLog,
): Promise<AddedFile[]> {
  inputs.folder(folder);
  const children = await readdir(folder, { withFileTypes: true });
  children.sort((a, b) => (a.name < b.name ? -1 : 1));
  const found: AddedFile[] = [];
  for (const child of children) {
    const path = join(folder, child.name);
    const target = place === '' ? child.name : `${place}/${child.name}`;
    if (child.isDirectory()) found.push(...(await readFolder(path, target, mode, inputs)));
    else {
      inputs.file(path);
      if (child.isSymbolicLink()) found.push(await readLink(path, target));
      else if (child.isFile()) found.push(await readOne(path, target, mode));
      else throw neither(path);
    }
  }
  return found;
}

async function readOne(from: string, path: string, mode: number | undefined): Promise<AddedFile> {
  const content = await readFile(from).catch((cause: unknown) => {
    throw buildErrors.CATA_BASE_FILE({ path: from, reason: messageOf(cause) }, { cause });
  });
  const identity = createHash('sha256').update(content).digest('hex');
  return { type: 'file', path, identity, mode: mode ?? (isProgram(content) ? 0o755 : 0o644), content };
}

/** Within a folder a link stays one; where it leads is decided in the image. */
async function readLink(from: string, path: string): Promise<AddedFile> {
  const target = await readlink(from);
  if (target === '' || isUnsafePath(path)) throw neither(from);
  return { type: 'symlink', path, identity: `link to ${target}`, mode: 0o777, target };
}

function neither(path: string): Error {
  return buildErrors.CATA_BASE_FILE({ path, reason: 'it is neither a file nor a folder' });
}
