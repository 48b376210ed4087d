import { type Context, formatPlatform, type Platform, runStep, runTogether } from '@catamaran/oci';
import { type Cache, cacheKey } from '../../cache/cache.ts';
import type { InputLog } from '../../inputs/input-log.ts';
import type { LockedPackage } from '../lock/lock-schema.ts';
import type { AptSource } from './apt-sources.ts';
import { fetchPackages } from './fetch-packages.ts';
import { type DebianPackage, type PackagesFile, packageList } from './package-list.ts';
import type { Release } from './release.ts';
import { resolveClosure } from './resolve-closure.ts';

/** Which packages a base consists of. */
export interface Resolution {
  /** Sorted by name. */
  readonly packages: readonly LockedPackage[];
  /** When each suite that was read had been made, in ISO 8601. */
  readonly releases: Readonly<Record<string, string>>;
}

interface KeptResolution extends Resolution {
  readonly resolvedAtMs: number;
}

export interface ResolveServices {
  readonly cache: Cache;
  /** Told how long an answer of the mirror is good for. */
  readonly inputs: InputLog;
  /** The same for every platform that asks. */
  readonly releaseOf: (question: ReleaseQuestion, ctx: Context) => Promise<Release>;
}

export interface ReleaseQuestion {
  readonly source: AptSource;
  readonly suite: string;
}

/** For as long a resolution is used again before the mirror is asked what is new. */
const freshForMs = 24 * 60 * 60 * 1000;

/**
 * Which packages, in which versions, a base consists of. Asks the mirror at most once a day; when it does not
 * answer then, the last resolution stands, with a warning.
 */
export async function resolvePackages(
  wanted: readonly string[],
  sources: readonly AptSource[],
  platform: Platform,
  services: ResolveServices,
  ctx: Context,
): Promise<Resolution> {
  const { cache, inputs } = services;
  const key = cacheKey({ resolution: 2, wanted, sources, platform });
  const kept = await cache.getJson<KeptResolution>('debian', key);
  if (kept && ctx.clock.now() - kept.resolvedAtMs < freshForMs) {
    inputs.holdsUntil(kept.resolvedAtMs + freshForMs);
    return kept;
  }
  try {
    const resolution = await resolveFromMirror(wanted, sources, platform, services, ctx);
    const resolvedAtMs = ctx.clock.now();
    await cache.putJson('debian', key, { resolvedAtMs, ...resolution } satisfies KeptResolution);
    inputs.holdsUntil(resolvedAtMs + freshForMs);
    return resolution;
  } catch (error) {
    if (!kept || (error as { code?: string }).code !== 'CATA_MIRROR_UNREACHABLE') throw error;
    ctx.emit({
      type: 'warning',
      message: `${(error as Error).message} The packages known from before are used.`,
    });
    inputs.holdsUntil(ctx.clock.now());
    return kept;
  }
}

/** Asks the mirror, whatever is known from before. */
export function resolveFromMirror(
  wanted: readonly string[],
  sources: readonly AptSource[],
  platform: Platform,
  services: Omit<ResolveServices, 'inputs'>,
  ctx: Context,
): Promise<Resolution> {
  const name = formatPlatform(platform);
  return runStep(`debian.resolve.${name}`, `Debian packages for ${name}`, ctx, async (step) => {
    const questions = sources.flatMap((source) => source.suites.map((suite) => ({ source, suite })));
    const answers = await runTogether(
      questions.map((question) => (inner: Context) => packagesOf(question, platform, services, inner)),
      ctx,
    );
    const found = resolveClosure(wanted, packageList(answers.flatMap(({ files }) => files)));
    step.conclude(`${found.length} packages, signatures verified`);
    return {
      packages: found.map(lockedPackage),
      releases: Object.fromEntries(answers.flatMap(({ made }) => made).sort()),
    };
  });
}

async function packagesOf(
  question: ReleaseQuestion,
  platform: Platform,
  { cache, releaseOf }: Omit<ResolveServices, 'inputs'>,
  ctx: Context,
): Promise<{ readonly files: readonly PackagesFile[]; readonly made: readonly [string, string][] }> {
  const { source, suite } = question;
  const release = await releaseOf(question, ctx);
  if (source.origin && release.origin !== source.origin) return { files: [], made: [] };
  const files = await runTogether(
    source.components.map((component) => async (inner: Context) => ({
      suite,
      bytes: await fetchPackages(release, component, platform, cache, inner),
    })),
    ctx,
  );
  const madeMs = Date.parse(release.date ?? '');
  return { files, made: Number.isNaN(madeMs) ? [] : [[suite, new Date(madeMs).toISOString()]] };
}

function lockedPackage({ name, version, suite, file, sha256, sizeBytes }: DebianPackage): LockedPackage {
  return { name, version, suite, file, sha256, sizeBytes };
}
