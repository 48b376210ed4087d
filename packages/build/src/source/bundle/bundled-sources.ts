import { readFile } from 'node:fs/promises';
import { dirname, join, posix, relative, sep } from 'node:path';
import type { OnLoadArgs, Plugin } from 'esbuild';
import type { InputLog } from '../../inputs/input-log.ts';
import { fileReads } from './file-reads.ts';
import { tellLocation } from './own-location.ts';
import type { Tsconfigs } from './tsconfigs.ts';

/** Where things are, absolute. */
interface BundlePlaces {
  /** The application's root, above which nothing is the project's. */
  readonly root: string;
  /** The bundle goes beside it. */
  readonly entry: string;
}

/** A file that is read when the service runs, by what its source says. */
export interface FileRead {
  /** From the application's root. */
  readonly importer: string;
  readonly path: string;
}

/** What is learnt of the project's own source files while they are bundled. */
export interface BundledSources {
  readonly plugin: Plugin;
  /** Sources that were changed for the bundle, as they were, by their paths from the bundle's folder. */
  readonly originals: ReadonlyMap<string, string>;
  readonly reads: readonly FileRead[];
  /** TypeScript with decorators, absolute. */
  readonly decorated: readonly string[];
}

/** Reads the project's own source for the bundler, and tells the log of it, also when it cannot be bundled. */
export function bundledSources(
  { root, entry }: BundlePlaces,
  tsconfigs: Tsconfigs,
  inputs: InputLog,
): BundledSources {
  const originals = new Map<string, string>();
  const reads: FileRead[] = [];
  const decorated: string[] = [];
  const load = async ({ path }: OnLoadArgs) => {
    if (path.includes(`${sep}node_modules${sep}`)) return undefined;
    tellSurroundings(path, root, inputs);
    tsconfigs.of(path);
    const source = await readFile(path, 'utf8').catch(() => undefined);
    if (source === undefined) return undefined;
    const importer = portable(relative(root, path));
    reads.push(...fileReads(source, importer).map((read) => ({ importer, path: read })));
    if (/\.[cm]?tsx?$/.test(path) && hasDecorators(source)) decorated.push(path);
    const place = portable(relative(dirname(entry), path));
    const contents = tellLocation(source, path === entry ? undefined : place);
    if (contents === undefined) return undefined;
    originals.set(place, source);
    return { contents, loader: 'default' as const };
  };
  const plugin: Plugin = {
    name: 'bundled-sources',
    setup: (build) => build.onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: 'file' }, load),
  };
  return { plugin, originals, reads, decorated };
}

/** What decides over a source file besides itself: the names beside it, and the packages that it may lie in. */
function tellSurroundings(path: string, root: string, inputs: InputLog): void {
  inputs.file(path);
  inputs.folder(dirname(path));
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    inputs.file(join(folder, 'package.json'));
    if (folder === root || folder === dirname(folder)) return;
  }
}

/** At the beginning of a line, and not in a comment. */
function hasDecorators(source: string): boolean {
  return /^[ \t]*@[A-Za-z_$]/m.test(source.replace(/\/\*[\s\S]*?\*\//g, ''));
}

function portable(path: string): string {
  return path.split(sep).join(posix.sep);
}
