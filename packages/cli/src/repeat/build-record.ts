import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { ParsedConfig } from '@catamaran/build';
import type { BuildDocument } from '../build/build-document.ts';

type Signed = readonly (readonly [path: string, signature: string])[];

/** What a build was made of, and what it made: enough to say that the same command would make the same again. */
export interface BuildRecord {
  /** The program's own, where it runs from its source. */
  readonly sources: Signed;
  readonly files: Signed;
  readonly folders: Signed;
  readonly configPath: string;
  /** Of what the configuration exports; it may depend on anything, so it is run each time. */
  readonly configDigest: string;
  /** What the configuration was parsed into, by the digest of what it exports with the command line's limits. */
  readonly parsed: readonly (readonly [digest: string, config: ParsedConfig])[];
  /** Milliseconds since 1970: then a mirror is asked again. */
  readonly holdsUntilMs: number | undefined;
  readonly layout: {
    readonly folder: string;
    readonly refName: string;
    /** File names of blobs, with their sizes. */
    readonly blobs: readonly (readonly [name: string, sizeBytes: number])[];
  };
  readonly json: boolean;
  readonly quiet: boolean;
  readonly document: BuildDocument;
}

/** Changes whenever a record means something else. */
const recordVersion = 3;

/**
 * Where the record of a command is: one for each working directory and command line, word by word.
 * @param words of the command line, after the program's name
 */
export function recordPath(
  words: readonly string[],
  folder: string,
  version: string,
  variables: Readonly<Record<string, string | undefined>>,
): string {
  const recipe = [recordVersion, version, folder, words, variables.SOURCE_DATE_EPOCH];
  const key = digestOf(recipe);
  return join(cacheFolderOf(variables), 'builds', key.slice(0, 2), key);
}

/** https://specifications.freedesktop.org/basedir-spec/latest/: only absolute paths count. */
export function cacheFolderOf(
  { XDG_CACHE_HOME: xdg }: Readonly<Record<string, string | undefined>>,
  homeFolder: string = homedir(),
): string {
  return join(xdg && isAbsolute(xdg) ? xdg : join(homeFolder, '.cache'), 'catamaran');
}

/** Of anything that is JSON. */
export function digestOf(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value) ?? '')
    .digest('hex');
}
