import { createHash } from 'node:crypto';
import { compressionVersion } from '@catamaran/oci';
import { cacheKey } from '../cache/cache.ts';
import type { ResolvedPlace } from './package-place.ts';

/** Changes whenever the same package would make other bytes. */
const memberVersion = 3;

/** Names the bytes that a package has in a layer. */
export function memberKey(
  { integrity, path, executables = [], resolution }: ResolvedPlace,
  mtimeSeconds: number,
): string {
  const { leftOut } = resolution;
  const added = resolution.added.map(({ path: at, mode, content }) => [
    at,
    mode,
    createHash('sha256').update(content).digest('hex'),
  ]);
  const version = [memberVersion, compressionVersion];
  return cacheKey({ version, integrity, path, executables, leftOut, added, mtimeSeconds });
}
