import { CatamaranError, type Digest } from '@catamaran/oci';
import { buildErrors } from '../../errors.ts';

/**
 * Does what reads a base, and tells it of the lock file when the registry does not have any more what that says.
 * @param locked the digest that the lock file has; undefined where it has none
 * @throws CATA_BASE_GONE
 */
export async function unlessGone<T>(
  locked: Digest | undefined,
  image: string,
  lockPath: string,
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    const isGone = cause instanceof CatamaranError && cause.code === 'CATA_MANIFEST_NOT_FOUND';
    if (!isGone || !locked) throw cause;
    throw buildErrors.CATA_BASE_GONE({ image, digest: locked, path: lockPath }, { cause });
  }
}
