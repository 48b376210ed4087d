import {
  type Context,
  directory,
  endOfTar,
  foldersAbove,
  type GzipMember,
  gzipMember,
  type Layer,
  writeTarEntries,
} from '@catamaran/oci';
import { type Cache, cacheKey } from '../cache/cache.ts';
import { cachedLayer } from '../cache/cached-layer.ts';
import type { NpmOptions } from '../npm/npm-options.ts';
import { type PackagePlace, packageMember, packageMemberKey } from './package-member.ts';

/** How many packages are fetched and compressed at a time, ahead of the one that is being written. */
const ahead = 8;

/** A layer of packages, one gzip member each, in the order of their places; before them the folders around them. */
export function dependencyLayer(
  places: readonly PackagePlace[],
  title: string,
  mtimeSeconds: number,
  cache: Cache,
  npmOptions: () => Promise<NpmOptions>,
  ctx: Context,
): Promise<Layer> {
  const folders = foldersAround(places.map(({ path }) => path));
  const members = places.map((place) => packageMemberKey(place, mtimeSeconds));
  const key = cacheKey({ layer: 'packages', version: 1, members, folders, mtimeSeconds });
  return cachedLayer({ key, title }, cache, ctx, async function* () {
    yield await asMember(
      Buffer.concat([
        ...writeTarEntries(
          folders.map((path) => directory(path)),
          mtimeSeconds,
        ),
      ]),
    );
    yield* inOrder(
      places.map((place) => (inner) => packageMember(place, mtimeSeconds, cache, npmOptions, inner)),
      ctx,
    );
    yield await asMember(endOfTar);
  });
}

/** Runs tasks a few ahead of the one whose result is next. When one fails, the others are stopped and waited for. */
async function* inOrder<T>(tasks: readonly ((ctx: Context) => Promise<T>)[], ctx: Context): AsyncIterable<T> {
  const stop = new AbortController();
  const inner = { ...ctx, signal: AbortSignal.any([ctx.signal, stop.signal]) };
  const underWay: Promise<T>[] = [];
  try {
    for (const task of tasks) {
      underWay.push(task(inner));
      // Its turn to be awaited may come later; until then a failure is nobody's business.
      underWay.at(-1)?.catch(() => {});
      const first = underWay.length >= ahead ? underWay.shift() : undefined;
      if (first) yield await first;
    }
    for (const result of underWay) yield await result;
  } finally {
    stop.abort();
    await Promise.allSettled(underWay);
  }
}

async function asMember(uncompressed: Uint8Array): Promise<GzipMember> {
  return { uncompressed, compressed: await gzipMember(uncompressed) };
}

/** The folders on the way to these that are not among them; each layer describes the ones that it needs. */
function foldersAround(paths: readonly string[]): string[] {
  const own = new Set(paths);
  const around = new Set<string>();
  for (const path of paths) {
    for (const folder of foldersAbove(path)) {
      if (!own.has(folder)) around.add(folder);
    }
  }
  return [...around].sort();
}
