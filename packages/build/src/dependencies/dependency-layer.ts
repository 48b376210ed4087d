import {
  type Context,
  directory,
  endOfTar,
  foldersAbove,
  type GzipMember,
  gzipMember,
  type Layer,
  sortEntries,
  type TarEntry,
  writeTarEntries,
} from '@catamaran/oci';
import { type Cache, cacheKey } from '../cache/cache.ts';
import { cachedLayer } from '../cache/cached-layer.ts';
import { DamagedMember } from '../packages/kept-members.ts';
import { memberKey } from '../packages/member-key.ts';
import type { ResolvedPlace } from '../packages/package-place.ts';
import type { PackageStore } from '../packages/package-store.ts';
import { inOrder } from './in-order.ts';

/** How many packages are fetched and compressed at a time, ahead of the one that is being written. */
const ahead = 8;

export interface DependencyLayerOptions {
  readonly title: string;
  readonly cache: Cache;
  readonly packages: PackageStore;
  readonly mtimeSeconds: number;
  /** To the places. */
  readonly links?: readonly TarEntry[];
}

/** A layer of packages, one gzip member each, in the order of their places; before them the folders around them. */
export async function dependencyLayer(
  places: readonly ResolvedPlace[],
  options: DependencyLayerOptions,
  ctx: Context,
): Promise<Layer> {
  const { title, cache, packages, mtimeSeconds, links = [] } = options;
  const around = [
    ...foldersAround(
      places.map(({ path }) => path),
      links,
    ),
    ...sortEntries(links),
  ];
  const members = places.map((place) => memberKey(place, mtimeSeconds));
  const key = cacheKey({ layer: 'packages', version: 3, members, around, mtimeSeconds });
  const layer = () =>
    cachedLayer({ key, title }, cache, ctx, async function* () {
      yield await asMember(Buffer.concat([...writeTarEntries(around, mtimeSeconds)]));
      const tasks = places.map((place) => (inner: Context) => packages.member(place, inner));
      for await (const member of inOrder(tasks, ahead, ctx)) yield* member;
      yield await asMember(endOfTar);
    });
  // What was found to be damaged is removed by then, and made again.
  return layer().catch((error: unknown) => {
    if (error instanceof DamagedMember) return layer();
    throw error;
  });
}

async function asMember(uncompressed: Uint8Array): Promise<GzipMember> {
  return { uncompressed, compressed: await gzipMember(uncompressed) };
}

/** The folders on the way to these that are not among them; each layer describes the ones that it needs. */
function foldersAround(paths: readonly string[], links: readonly TarEntry[]): TarEntry[] {
  const own = new Set(paths);
  const around = new Set<string>();
  for (const path of [...paths, ...links.map((link) => link.path)]) {
    for (const folder of foldersAbove(path)) {
      if (!own.has(folder)) around.add(folder);
    }
  }
  return sortEntries([...around].map((path) => directory(path)));
}
