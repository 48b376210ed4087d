import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { parseJson } from './parse-json.ts';

/** As much of npm's tree of a folder as choosing its files asks for. */
interface TreeToPack {
  readonly path: string;
  readonly package: Readonly<Record<string, unknown>>;
  readonly isProjectRoot: true;
  /** None: what a folder bundles is only there once it was installed in it. */
  readonly edgesOut: ReadonlyMap<string, unknown>;
}

/** @throws CATA_JSON_INVALID */
export async function treeToPack(folder: string): Promise<TreeToPack> {
  const path = join(folder, 'package.json');
  const manifest = parseJson(await readFile(path, 'utf8'), path) as Readonly<Record<string, unknown>>;
  return {
    path: folder,
    package: { ...manifest, bin: binFiles(manifest.bin) },
    isProjectRoot: true,
    edgesOut: new Map(),
  };
}

/** The files that "npm pack" would put into the tarball of a folder, from there, sorted. @throws CATA_JSON_INVALID */
export async function packList(folder: string): Promise<readonly string[]> {
  const { default: packlist } = await import('npm-packlist');
  const files = await packlist(await treeToPack(folder), { path: folder });
  return [...new Set(files.map((file) => posix.normalize(file)))].sort();
}

/** Commands stand for files that are always packed. */
function binFiles(bin: unknown): Readonly<Record<string, string>> | undefined {
  if (typeof bin === 'string') return { bin };
  return typeof bin === 'object' && bin !== null ? (bin as Record<string, string>) : undefined;
}
