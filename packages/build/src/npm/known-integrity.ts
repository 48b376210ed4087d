import type { Context } from '@catamaran/oci';
import { type Cache, cacheKey } from '../cache/cache.ts';
import { fetchIntegrity } from './fetch-tarball.ts';
import type { NpmOptions } from './npm-options.ts';

/** The integrity of a published version: it never changes, so the registry is asked for it once. */
export async function knownIntegrity(
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
