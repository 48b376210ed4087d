import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ociErrors } from '../errors/errors.ts';
import { messageOf } from '../errors/message-of.ts';
import type { Descriptor } from '../model/descriptor.ts';
import type { IndexManifest } from '../model/manifest.ts';
import { mediaTypes } from '../model/media-types.ts';
import { parseDescriptor, requireObject } from '../model/parse-descriptor.ts';
import { refNameOf, withRefName } from './ref-name.ts';

/** The layout's own list of names, or undefined where there is no layout. @throws CATA_LAYOUT_INVALID */
export async function readLayoutIndex(folder: string): Promise<IndexManifest | undefined> {
  const text = await readFile(join(folder, 'index.json'), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw ociErrors.CATA_LAYOUT_INVALID({ path: folder, reason: cause.message }, { cause });
  });
  if (text === undefined) return undefined;
  try {
    return requireManifests(JSON.parse(text));
  } catch (cause) {
    const reason = messageOf(cause);
    throw ociErrors.CATA_LAYOUT_INVALID({ path: folder, reason }, { cause });
  }
}

/** Gives `descriptor` the name `refName`, which it takes from whatever had it. To be done under the list's lock. */
export async function nameInLayout(folder: string, refName: string, descriptor: Descriptor): Promise<void> {
  const before = await readLayoutIndex(folder);
  const others = (before?.manifests ?? []).filter((entry) => refNameOf(entry) !== refName);
  const manifests = [...others, withRefName(descriptor, refName)].sort(byRefName);
  const ours: IndexManifest = { schemaVersion: 2, mediaType: mediaTypes.index, manifests };
  // What other programs wrote beside is theirs; ours comes first, so that the bytes do not depend on who was first.
  const index: IndexManifest = { ...ours, ...before, ...ours };
  await replaceFile(join(folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  await replaceFile(join(folder, 'index.json'), JSON.stringify(index));
}

/** Those without a name stay as they were, before all others. */
function byRefName(one: Descriptor, other: Descriptor): number {
  const [a, b] = [refNameOf(one) ?? '', refNameOf(other) ?? ''];
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The list of a layout, in a folder or an archive. @throws Error that says what is wrong with it */
export function requireManifests(value: unknown): IndexManifest {
  const { manifests } = requireObject(value, 'index.json');
  if (!Array.isArray(manifests)) throw new Error('index.json lists no manifests');
  manifests.forEach((entry, at) => {
    parseDescriptor(entry, `manifests[${at}]`);
  });
  return value as IndexManifest;
}

/** A reader sees the old file or the new one, never a part of it. */
async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
  try {
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(temporary, text);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}
