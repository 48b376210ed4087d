import { posix } from 'node:path';
import { type PathWords, pathWords } from '@catamaran/build/native';
import type { CheckedImage } from '../rule.ts';

/** What a path or a name says of a platform; with which tools something was compiled is no part of what it is. */
export function platformWords(text: string): PathWords {
  return pathWords(text.replace(/[-._](?:msvc|eabi)(?![A-Za-z0-9])/g, ''));
}

/** A file of which there is one for each platform, told apart by what its path says. */
export interface Variant extends PathWords {
  /** The same for all that stand in for one another. */
  readonly set: string;
}

/**
 * @param path below the package's folder. Where a folder names the platform, all that is in it belongs together;
 * else the file's own name does, whatever its ending. Undefined where neither says anything.
 */
export function variantOf(path: string): Variant | undefined {
  const folder = platformWords(`${posix.dirname(path)}/`);
  const words = platformWords(path);
  if (folder.stem !== undefined) return { ...words, set: folder.stem.replace(/\/+/g, '/') };
  const name = platformWords(posix.basename(path).replace(/\.(?:node|so|dll|dylib|exe)$/, ''));
  if (name.stem === undefined) return undefined;
  return { ...words, set: `${posix.dirname(path)}/${name.stem}` };
}

/** Whether a path says that its file is for the image's platform, as far as it says anything. */
export function isNamedForImage(
  { os, cpus, libc }: PathWords,
  { platform }: CheckedImage,
  imageLibc: string | undefined,
): boolean {
  return (
    (os === undefined || os === platform.os) &&
    (cpus.length === 0 || cpus.includes(platform.architecture)) &&
    (libc === undefined || imageLibc === undefined || libc === imageLibc)
  );
}

/** What only one other system has: its ways of naming programs and libraries. */
export function isOfOtherSystem(path: string): boolean {
  return /\.(?:exe|dll|dylib|com|scr)$|(?:^|\/)[^/]+\.(?:app|framework)\/|\.dSYM\//i.test(path);
}
