import { type Context, formatPlatform } from '@catamaran/oci';
import { buildErrors } from '../errors.ts';
import { installScript } from './install-script.ts';
import type { NativeRequest, NativeServices } from './native-request.ts';
import { asPacked, type NativeResolution } from './native-resolution.ts';

/** One way in which packages get their native code: the resolution, or undefined for a package that has another. */
type NativeKind = (
  request: NativeRequest,
  services: NativeServices,
  ctx: Context,
) => Promise<NativeResolution | undefined>;

/** In the order in which they are asked. */
const kinds: readonly NativeKind[] = [platformPackage];

/**
 * What becomes of a package on a target, without running its install script.
 * @throws CATA_PACKAGE_INSTALL_SCRIPT, CATA_NATIVE_PACKAGE_ABSENT
 */
export async function resolveNative(
  request: NativeRequest,
  services: NativeServices,
  ctx: Context,
): Promise<NativeResolution> {
  if (request.setting === 'skip') return asPacked;
  for (const kind of kinds) {
    const resolution = await kind(request, services, ctx);
    if (resolution) return resolution;
  }
  const { inventory } = request;
  const script = installScript(inventory);
  if (script === undefined && !request.hasInstallScript) return asPacked;
  throw buildErrors.CATA_PACKAGE_INSTALL_SCRIPT({
    name: inventory.name,
    version: inventory.version,
    script: shortened(script ?? 'not in its package.json'),
  });
}

/** A package of its own for each platform, among the optional dependencies. */
async function platformPackage({ inventory, platformPackages, target }: NativeRequest) {
  const linux = platformPackages.filter(({ os }) => os.includes('linux'));
  if (linux.length === 0) return undefined;
  if (platformPackages.some(({ isPresent }) => isPresent)) return asPacked;
  throw buildErrors.CATA_NATIVE_PACKAGE_ABSENT({
    name: inventory.name,
    platform: formatPlatform(target.platform),
    present: linux.map(({ name }) => name).join(', '),
  });
}

function shortened(script: string): string {
  return script.length > 120 ? `${script.slice(0, 119)}…` : script;
}
