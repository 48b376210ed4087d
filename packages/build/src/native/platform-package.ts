import { formatPlatform } from '@catamaran/oci';
import { buildErrors } from '../errors.ts';
import type { NativeRequest } from './native-request.ts';
import { asPacked, type NativeResolution } from './native-resolution.ts';
import { pathWords } from './platform-words.ts';

/**
 * A package of its own for each platform, among the optional dependencies, as sharp and esbuild have them: with that
 * for the target in its place, nothing of the install script is needed.
 * @throws CATA_NATIVE_PACKAGE_ABSENT
 */
export async function platformPackage({
  inventory,
  platformPackages,
  target,
}: NativeRequest): Promise<NativeResolution | undefined> {
  const linux = platformPackages.filter(({ os }) => os.includes('linux'));
  // Of those that the lockfile does not have, only their names tell.
  const missing = platformPackages.filter(({ name, os }) => {
    const words = pathWords(name);
    return os.length === 0 && words.os === 'linux' && words.cpus.length > 0;
  });
  if (linux.length + missing.length === 0) return undefined;
  if (platformPackages.some(({ isPresent }) => isPresent)) return asPacked;
  throw buildErrors.CATA_NATIVE_PACKAGE_ABSENT({
    name: inventory.name,
    platform: formatPlatform(target.platform),
    present: linux.map(({ name }) => name).join(', ') || 'none of them',
  });
}
