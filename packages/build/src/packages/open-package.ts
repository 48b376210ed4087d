import { CatamaranError, type Context, messageOf } from '@catamaran/oci';
import type { Cache } from '../cache/cache.ts';
import { buildErrors } from '../errors.ts';
import { type TarballSpec, withTarball } from '../npm/fetch-tarball.ts';
import type { NpmOptions } from '../npm/npm-options.ts';
import { openTarball } from './open-tarball.ts';
import type { UnpackedPackage } from './package-file.ts';

/**
 * A package's files, out of its tarball, whose integrity is verified.
 * @param isWanted which files are kept where the package is large; all unless given
 * @throws CATA_PACKAGE_TARBALL and what `withTarball` throws
 */
export async function openPackage(
  spec: TarballSpec,
  cache: Cache,
  npmOptions: () => Promise<NpmOptions>,
  ctx: Context,
  isWanted?: (path: string) => boolean,
): Promise<UnpackedPackage> {
  let opened: UnpackedPackage | undefined;
  try {
    return await withTarball(spec, npmOptions, ctx, async (tarball) => {
      // What was read before it broke off, and was begun anew.
      await opened?.[Symbol.asyncDispose]();
      opened = await openTarball(tarball, cache, ctx.signal, isWanted);
      return opened;
    });
  } catch (cause) {
    await opened?.[Symbol.asyncDispose]();
    ctx.signal.throwIfAborted();
    throw cause instanceof CatamaranError ? cause : brokenPackage(spec, cause);
  }
}

export function brokenPackage({ name, version }: TarballSpec, cause: unknown): CatamaranError {
  return buildErrors.CATA_PACKAGE_TARBALL({ name, version, reason: messageOf(cause) }, { cause });
}
