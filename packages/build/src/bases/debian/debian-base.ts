import {
  type Context,
  collectBytes,
  createImage,
  formatPlatform,
  type Layer,
  type Platform,
  parseDigest,
  runTogether,
} from '@catamaran/oci';
import { type Cache, cacheKey } from '../../cache/cache.ts';
import { entriesLayer } from '../../cache/entries-layer.ts';
import { download } from '../../download/download.ts';
import type { BaseSource } from '../base-source.ts';
import type { AptSource } from './apt-sources.ts';
import { composeRoot, type OpenedPackage } from './compose-root.ts';
import { readDeb } from './deb-archive.ts';
import type { DebianPackage } from './package-list.ts';
import { resolvePackages } from './resolve-packages.ts';
import { nonroot } from './system-files.ts';

export interface DebianBaseOptions {
  readonly suite: string;
  readonly packages: readonly string[];
  /** Asked for when something has to be fetched. */
  readonly sources: () => Promise<readonly AptSource[]>;
  readonly sourceDateEpoch: number;
}

/** Changes whenever the same packages would make another layer, so that no old one is taken from the cache. */
const composerVersion = 2;
/** How many packages are fetched at a time: polite to the mirror, and enough to fill most lines. */
const lanes = 4;

/**
 * A base of Debian packages, put together without running anything of theirs; so it can be made for any CPU on
 * any machine.
 */
export function debianBase(options: DebianBaseOptions, cache: Cache): BaseSource {
  return {
    subject: `Debian ${options.suite}`,
    origin: async () => ({}),
    async resolve(platform, ctx) {
      const packages = await resolvePackages(options.packages, await options.sources(), platform, cache, ctx);
      const layer = await baseLayer(packages, options, platform, cache, ctx);
      return createImage({
        platform,
        parts: [
          { layer, createdBy: `catamaran: Debian ${options.suite}: ${packages.map(describe).join(' ')}` },
        ],
        execution: {
          User: `${nonroot.id}:${nonroot.id}`,
          Env: [
            'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
            'SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt',
          ],
          WorkingDir: '/',
        },
        created: new Date(options.sourceDateEpoch * 1000).toISOString(),
      });
    },
  };
}

function describe({ name, version }: DebianPackage): string {
  return `${name}=${version}`;
}

function baseLayer(
  packages: readonly DebianPackage[],
  options: DebianBaseOptions,
  platform: Platform,
  cache: Cache,
  ctx: Context,
): Promise<Layer> {
  const hashes = packages.map(({ sha256 }) => sha256);
  const key = cacheKey({ layer: 'debian', composerVersion, hashes, mtime: options.sourceDateEpoch });
  const recipe = { key, title: `Debian base for ${formatPlatform(platform)}` };
  return entriesLayer(recipe, cache, options.sourceDateEpoch, ctx, async () =>
    composeRoot(await openAll(packages, cache, ctx)),
  );
}

/** Fetches and opens several at a time, in lanes that take the next package off one row; none outlives a failure. */
async function openAll(
  packages: readonly DebianPackage[],
  cache: Cache,
  ctx: Context,
): Promise<OpenedPackage[]> {
  const opened: OpenedPackage[] = [];
  const row = packages.entries();
  const lane = async (inner: Context) => {
    for (const [at, found] of row) {
      inner.signal.throwIfAborted();
      const archive = await readDeb(await fetchDeb(found, cache, inner), found.name);
      opened[at] = { name: found.name, archive };
    }
  };
  await runTogether(
    Array.from({ length: lanes }, () => lane),
    ctx,
  );
  return opened;
}

async function fetchDeb(found: DebianPackage, cache: Cache, ctx: Context): Promise<Uint8Array> {
  const digest = parseDigest(`sha256:${found.sha256}`);
  if (!(await cache.blobs.has(digest, found.sizeBytes))) {
    const bytes = await download(found.url, { maxBytes: found.sizeBytes, sha256: found.sha256 }, ctx);
    await cache.blobs.write(digest, [bytes], ctx.signal);
  }
  return collectBytes(cache.blobs.read(digest));
}
