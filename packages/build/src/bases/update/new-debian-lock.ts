import { type Context, formatPlatform, type Platform, runTogether } from '@catamaran/oci';
import type { Cache } from '../../cache/cache.ts';
import { type DebianBaseOptions, sharedRelease } from '../debian/debian-base.ts';
import { resolveFromMirror } from '../debian/resolve-packages.ts';
import type { DebianLock } from '../lock/lock-schema.ts';

/** The packages that the mirror has today, whatever is known from before. */
export async function newDebianLock(
  { suite, packages, sources }: DebianBaseOptions,
  platforms: readonly Platform[],
  { cache }: { readonly cache: Cache },
  ctx: Context,
): Promise<DebianLock> {
  const found = await sources();
  const services = { cache, releaseOf: sharedRelease() };
  const resolutions = await runTogether(
    platforms.map(
      (platform) => (inner: Context) => resolveFromMirror(packages, found, platform, services, inner),
    ),
    ctx,
  );
  return {
    kind: 'debian',
    suite,
    packages: [...packages],
    releases: Object.assign({}, ...resolutions.map(({ releases }) => releases)),
    platforms: Object.fromEntries(
      platforms.map((platform, at) => [formatPlatform(platform), [...(resolutions[at]?.packages ?? [])]]),
    ),
  };
}
