import {
  type Context,
  collectBytes,
  formatPlatform,
  type Platform,
  parseDigest,
  runStep,
} from '@catamaran/oci';
import { type Cache, cacheKey } from '../../cache/cache.ts';
import { download } from '../../download/download.ts';
import { buildErrors } from '../../errors.ts';
import type { AptSource } from './apt-sources.ts';
import { compressions, decompress } from './decompress.ts';
import { type DebianPackage, type PackagesText, packageList } from './package-list.ts';
import { fetchRelease, type Release } from './release.ts';
import { resolveClosure } from './resolve-closure.ts';

interface Resolution {
  readonly resolvedAtMs: number;
  readonly packages: readonly DebianPackage[];
}

/** For as long a resolution is used again before the mirror is asked what is new. */
const freshForMs = 24 * 60 * 60 * 1000;
const maxPackagesBytes = 64 * 1024 * 1024;

/**
 * Which packages, in which versions, a base consists of. Asks the mirror at most once a day; when it does not
 * answer then, the last resolution stands, with a warning.
 */
export async function resolvePackages(
  wanted: readonly string[],
  sources: readonly AptSource[],
  platform: Platform,
  cache: Cache,
  ctx: Context,
): Promise<readonly DebianPackage[]> {
  const key = cacheKey({ resolution: 1, wanted, sources, platform });
  const kept = await cache.getJson<Resolution>('debian', key);
  if (kept && ctx.clock.now() - kept.resolvedAtMs < freshForMs) return kept.packages;
  try {
    const packages = await resolveFromMirror(wanted, sources, platform, cache, ctx);
    await cache.putJson('debian', key, { resolvedAtMs: ctx.clock.now(), packages } satisfies Resolution);
    return packages;
  } catch (error) {
    if (!kept || (error as { code?: string }).code !== 'CATA_MIRROR_UNREACHABLE') throw error;
    ctx.emit({
      type: 'warning',
      message: `${(error as Error).message} The packages known from before are used.`,
    });
    return kept.packages;
  }
}

function resolveFromMirror(
  wanted: readonly string[],
  sources: readonly AptSource[],
  platform: Platform,
  cache: Cache,
  ctx: Context,
): Promise<readonly DebianPackage[]> {
  const name = formatPlatform(platform);
  return runStep(`debian.resolve.${name}`, `Debian packages for ${name}`, ctx, async (step) => {
    const files: PackagesText[] = [];
    for (const source of sources) {
      for (const suite of source.suites) {
        step.progress(suite);
        const release = await fetchRelease(source, suite, ctx);
        if (source.origin && release.origin !== source.origin) continue;
        for (const component of source.components) {
          files.push({
            uri: source.uri,
            text: await fetchPackages(release, component, platform, cache, ctx),
          });
        }
      }
    }
    const packages = resolveClosure(wanted, packageList(files));
    step.conclude(`${packages.length} packages, signatures verified`);
    return packages;
  });
}

/** The list of a component's packages, verified by the hash that the signed release has for it. */
async function fetchPackages(
  release: Release,
  component: string,
  platform: Platform,
  cache: Cache,
  ctx: Context,
): Promise<string> {
  const path = `${component}/binary-${platform.architecture}/Packages`;
  const name = compressions.map((ending) => path + ending).find((candidate) => release.sha256.has(candidate));
  const listed = name && release.sha256.get(name);
  if (!name || !listed) throw buildErrors.CATA_ARCHIVE_INCOMPLETE({ url: release.url, path });
  const digest = parseDigest(`sha256:${listed.hash}`);
  if (!(await cache.blobs.has(digest, listed.sizeBytes))) {
    const options = { maxBytes: Math.min(listed.sizeBytes, maxPackagesBytes), sha256: listed.hash };
    const url = `${release.url}/${release.acquireByHash ? byHash(name, listed.hash) : name}`;
    await cache.blobs.write(digest, [await download(url, options, ctx)], ctx.signal);
  }
  const bytes = await decompress(name, await collectBytes(cache.blobs.read(digest)));
  return Buffer.from(bytes).toString('latin1');
}

/** The name under which a mirror keeps this very version, also while it is being updated. */
function byHash(path: string, sha256: string): string {
  return `${path.slice(0, path.lastIndexOf('/'))}/by-hash/SHA256/${sha256}`;
}
