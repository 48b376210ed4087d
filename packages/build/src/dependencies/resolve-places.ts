import { type Context, runTogether } from '@catamaran/oci';
import { needsResolution } from '../native/install-script.ts';
import type { NativeServices } from '../native/native-request.ts';
import { asPacked, type NativeResolution } from '../native/native-resolution.ts';
import type { PackageInventory } from '../native/package-inventory.ts';
import { resolveNative } from '../native/resolve-native.ts';
import { unusedSettings } from '../native/unused-settings.ts';
import type { ResolvedPlace } from '../packages/package-place.ts';
import type { Project } from '../project/project.ts';
import type { Target } from '../target/target.ts';
import type { PackageCandidate } from './dependency-places.ts';
import type { DependencyServices } from './dependency-services.ts';

/** A target's packages, by the layer that they go into. */
export interface DependencyPlaces {
  /** The same on every target, so the same layer. */
  readonly neutral: readonly ResolvedPlace[];
  readonly native: readonly ResolvedPlace[];
  /** The files of each package's tarball, by its folder in the image. */
  readonly files: ReadonlyMap<string, ReadonlySet<string>>;
}

/** How many packages are fetched and looked through at a time. */
const atOnce = 8;

/**
 * Looks into every package and says what becomes of it on a target.
 * @throws what `resolveNative` and the package store throw
 */
export async function resolvePlaces(
  candidates: readonly PackageCandidate[],
  target: Target,
  settings: Project['app']['native'],
  services: DependencyServices & NativeServices,
  ctx: Context,
): Promise<DependencyPlaces> {
  const names = new Set(candidates.map(({ name }) => name));
  for (const message of unusedSettings(settings, names, target)) ctx.emit({ type: 'warning', message });
  const resolved = await runTogether(
    candidates.map((candidate) => async (inner: Context) => {
      const inventory = await services.packages.inventory(candidate, inner);
      const resolution = await resolutionOf(candidate, inventory, target, settings, services, inner);
      const isNeutral = candidate.isEverywhere && isSame(inventory, resolution);
      const files = new Set(inventory.files.map(({ path }) => path));
      return { isNeutral, files, place: { ...placeOf(candidate), resolution } };
    }),
    ctx,
    atOnce,
  );
  const of = (wanted: boolean) =>
    resolved.flatMap(({ isNeutral, place }) => (isNeutral === wanted ? [place] : []));
  return {
    neutral: of(true),
    native: of(false),
    files: new Map(resolved.map(({ place, files }) => [place.path, files])),
  };
}

async function resolutionOf(
  candidate: PackageCandidate,
  inventory: PackageInventory,
  target: Target,
  settings: Project['app']['native'],
  services: DependencyServices & NativeServices,
  ctx: Context,
): Promise<NativeResolution> {
  const { location, hasInstallScript, platformPackages } = candidate;
  if (!needsResolution(inventory, hasInstallScript)) return asPacked;
  const request = {
    inventory,
    location,
    hasInstallScript,
    platformPackages,
    target,
    setting: settings[candidate.name],
    readFile: (path: string, inner: Context) => services.packages.readFile(candidate, path, inner),
  };
  return resolveNative(request, services, ctx);
}

/** Without native code, before and after, a package is the same wherever it is needed. */
function isSame({ files }: PackageInventory, { leftOut, added }: NativeResolution): boolean {
  return leftOut.length === 0 && added.length === 0 && files.every(({ binary }) => binary === undefined);
}

function placeOf({ path, name, version, integrity, resolved, open, executables }: PackageCandidate) {
  return {
    path,
    name,
    version,
    integrity,
    ...(resolved ? { resolved } : {}),
    ...(open ? { open } : {}),
    ...(executables ? { executables } : {}),
  };
}
