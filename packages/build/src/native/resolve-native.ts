import { type Context, formatPlatform } from '@catamaran/oci';
import { buildErrors } from '../errors.ts';
import { configuredFile } from './configured-file.ts';
import { filesForOthers, isElfFor, unusableFiles } from './foreign-files.ts';
import { installArtifact } from './install-artifact.ts';
import { installScript } from './install-script.ts';
import { isHarmless, onlyLooks } from './known-scripts.ts';
import type { NativeRequest, NativeServices } from './native-request.ts';
import { asPacked, type NativeResolution } from './native-resolution.ts';
import { nodeGypBuild } from './node-gyp-build.ts';
import { nodePreGyp } from './node-pre-gyp.ts';
import { platformPackage } from './platform-package.ts';
import { prebuildInstall } from './prebuild-install.ts';
import { prismaEngines } from './prisma-engines.ts';

/** One way in which packages get their native code: the resolution, or undefined for a package that has another. */
type NativeKind = (
  request: NativeRequest,
  services: NativeServices,
  ctx: Context,
) => Promise<NativeResolution | undefined>;

/** What can be told from the package itself. */
const local: readonly NativeKind[] = [nodeGypBuild, platformPackage, knownScript];
/** What has to be fetched. */
const remote: readonly NativeKind[] = [prebuildInstall, nodePreGyp, installArtifact, prismaEngines];

/**
 * What becomes of a package on a target, without running its install script.
 * @throws CATA_PACKAGE_INSTALL_SCRIPT, CATA_NATIVE_BINARY_UNAVAILABLE, CATA_NATIVE_BINARY_WRONG,
 * CATA_NATIVE_FILE_MISSING, CATA_NATIVE_FILE_UNREADABLE, CATA_NATIVE_CROSS_COMPILE
 */
export async function resolveNative(
  request: NativeRequest,
  services: NativeServices,
  ctx: Context,
): Promise<NativeResolution> {
  const { inventory, setting, target } = request;
  if (setting !== undefined) return bySetting(setting, request, services, ctx);
  const resolution = await firstOf([...local, ...remote], request, services, ctx);
  if (!resolution && (request.hasInstallScript || installScript(inventory))) throw unresolved(request);
  return complete(resolution ?? asPacked, filesForOthers(inventory.files, target));
}

/** What the project says itself: its word that nothing else is needed lets go what other machines' code there is. */
async function bySetting(
  setting: NonNullable<NativeRequest['setting']>,
  request: NativeRequest,
  services: NativeServices,
  ctx: Context,
): Promise<NativeResolution> {
  const { inventory, target } = request;
  if (setting !== 'skip' && 'crossCompile' in setting) {
    throw buildErrors.CATA_NATIVE_CROSS_COMPILE({ name: inventory.name });
  }
  const file = setting === 'skip' ? undefined : await configuredFile(setting, request, services, ctx);
  const found = file ? undefined : await firstOf(local, request, services, ctx).catch(() => undefined);
  const rest = [...filesForOthers(inventory.files, target), ...unusableFiles(inventory.files, target)];
  return complete(found ?? { leftOut: [], added: file ? [file] : [] }, rest);
}

async function firstOf(
  kinds: readonly NativeKind[],
  request: NativeRequest,
  services: NativeServices,
  ctx: Context,
): Promise<NativeResolution | undefined> {
  for (const kind of kinds) {
    const resolution = await kind(request, services, ctx);
    if (resolution) return resolution;
  }
  return undefined;
}

function complete(resolution: NativeResolution, more: readonly string[]): NativeResolution {
  return { ...resolution, leftOut: [...new Set([...resolution.leftOut, ...more])].sort() };
}

/** A script that is known to do nothing, or nothing where the tarball has what it looks for. */
async function knownScript({ inventory, target }: NativeRequest): Promise<NativeResolution | undefined> {
  const script = installScript(inventory);
  if (script === undefined) return undefined;
  const isThere = () => inventory.files.some((file) => isElfFor(file, target));
  const { name } = inventory;
  return isHarmless(name, script) || (onlyLooks(name, script) && isThere()) ? asPacked : undefined;
}

function unresolved(request: NativeRequest): Error {
  const { inventory, target } = request;
  const { name, version } = inventory;
  const script =
    installScript(inventory) ?? 'none in its package.json, but the lockfile says that it has one';
  return buildErrors.CATA_PACKAGE_INSTALL_SCRIPT({
    name,
    version,
    platform: formatPlatform(target.platform),
    reason: whatThereIs(request),
    script: script.length > 160 ? `${script.slice(0, 159)}…` : script,
  });
}

/** What a person should know of the package's own native code before they decide. */
function whatThereIs({ inventory, target }: NativeRequest): string {
  const native = inventory.files.filter(({ binary }) => binary);
  const fitting = native.find((file) => isElfFor(file, target));
  if (fitting) return `its "${fitting.path}" may be all that it needs`;
  const machines = new Set(
    native.flatMap(({ binary }) => (binary ? `${binary.format} for ${binary.machine}` : [])),
  );
  return machines.size > 0
    ? `it has ${[...machines].sort().join(', ')} only`
    : 'it comes without native code';
}
