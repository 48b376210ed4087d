import type { NativeRequest } from './native-request.ts';
import { asPacked, type NativeResolution } from './native-resolution.ts';

/**
 * A package of its own for each platform, among the optional dependencies, as sharp and esbuild have them: with that
 * for the target in its place, nothing of the install script is needed. Who reads lockfiles has refused one without.
 */
export async function platformPackage({
  platformPackages,
}: NativeRequest): Promise<NativeResolution | undefined> {
  return platformPackages.length > 0 ? asPacked : undefined;
}
