import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { isPassing, isSourceFolder, isSourceName } from './names.ts';
import type { Watched } from './watched.ts';

/** What is at a path: of a file its content, of a folder its names. */
export interface PathState {
  readonly kind: 'file' | 'folder';
  /** Two that are the same have the same; undefined where nothing is. */
  readonly content: string | undefined;
  /** Changes whenever the content does, and sometimes when it does not. */
  readonly signature: string;
  /** Milliseconds since 1970, by the file system's clock; 0 where nothing is. */
  readonly changedMs: number;
}

/** By path; behind that of a folder stands which of its names count: "/" for all, "/*" for sources, "/**" for folders. */
export type Snapshot = ReadonlyMap<string, PathState>;

/** By how much a file's time may lag behind the change that it tells of: two ticks of the slowest kernel. */
export const clockSlackMs = 20;
/** Files are small, and there may be thousands. */
const atOnce = 32;

/** What all that is watched is now. Of files that are as they were, the content is not read again. */
export async function takeSnapshot(watched: Watched, before: Snapshot): Promise<Snapshot> {
  const tasks = [
    ...[...watched.files].map((path) => [path, () => fileState(path, before.get(path))] as const),
    ...[...watched.folders].map((path) => [`${path}/`, () => folderState(path, isAnyName)] as const),
    ...[...watched.sources].map((path) => [`${path}/*`, () => folderState(path, isSource)] as const),
    ...[...watched.branches].map((path) => [`${path}/**`, () => folderState(path, isBranch)] as const),
  ];
  const states = new Map<string, PathState>();
  for (let at = 0; at < tasks.length; at += atOnce) {
    const some = tasks.slice(at, at + atOnce).map(async ([key, read]) => states.set(key, await read()));
    await Promise.all(some);
  }
  return states;
}

const nothing = { content: undefined, signature: '', changedMs: 0 };

async function fileState(path: string, before: PathState | undefined): Promise<PathState> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  if (!found) return { kind: 'file', ...nothing };
  const { ino, size, mtimeNs, ctimeNs } = found;
  const changedMs = Number(ctimeNs / 1_000_000n);
  // What was changed a moment before may be changed again within the same tick of the clock.
  const isOld = Date.now() - changedMs > clockSlackMs;
  const signature = isOld ? [ino, size, mtimeNs, ctimeNs].join(' ') : '';
  if (before && signature !== '' && before.signature === signature) return before;
  return { kind: 'file', content: await contentDigest(path), signature, changedMs };
}

async function contentDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
    return hash.digest('hex');
  } catch (error) {
    return `unreadable: ${(error as NodeJS.ErrnoException).code}`;
  }
}

async function folderState(
  path: string,
  counts: (name: string, isFolder: boolean) => boolean,
): Promise<PathState> {
  const found = await readdir(path, { withFileTypes: true }).catch(() => undefined);
  if (!found) return { kind: 'folder', ...nothing };
  const names = found.filter((child) => counts(child.name, child.isDirectory())).map(({ name }) => name);
  return { kind: 'folder', content: names.sort().join('\0'), signature: '', changedMs: 0 };
}

function isAnyName(name: string): boolean {
  return !isPassing(name);
}

function isSource(name: string, isFolder: boolean): boolean {
  return !isFolder && isSourceName(name);
}

function isBranch(name: string, isFolder: boolean): boolean {
  return isFolder && isSourceFolder(name);
}
