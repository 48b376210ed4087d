import {
  type Context,
  createImage,
  formatPlatform,
  type Image,
  type Layer,
  type Platform,
  runTogether,
} from '@catamaran/oci';
import { type Cache, cacheKey } from '../../cache/cache.ts';
import { entriesLayer } from '../../cache/entries-layer.ts';
import type { LockedPackage } from '../lock/lock-schema.ts';
import type { AddedFile } from './added-files.ts';
import { composeRoot, type OpenedPackage } from './compose-root.ts';
import { readDeb } from './deb-archive.ts';
import type { DebianUser } from './system-files.ts';

/** What makes one platform's image. */
export interface DebianImageParts {
  readonly suite: string;
  readonly packages: readonly LockedPackage[];
  readonly files: readonly AddedFile[];
  readonly user: DebianUser;
  /** The name of a zone; undefined where there is no time zone data. */
  readonly zone: string | undefined;
  /** Whether services are told of it as well. */
  readonly setsTz: boolean;
  readonly sourceDateEpoch: number;
}

/** Fetches a package's .deb, from wherever it is. */
export type FetchDeb = (found: LockedPackage, ctx: Context) => Promise<Uint8Array>;

/** Changes whenever the same packages would make another layer, so that no old one is taken from the cache. */
const composerVersion = 3;
/** How many packages are fetched at a time: polite to the mirror, and enough to fill most lines. */
const lanes = 4;

export async function debianImage(
  parts: DebianImageParts,
  platform: Platform,
  fetchDeb: FetchDeb,
  cache: Cache,
  ctx: Context,
): Promise<Image> {
  const { suite, packages, user, zone, setsTz, sourceDateEpoch } = parts;
  const layer = await baseLayer(parts, platform, fetchDeb, cache, ctx);
  return createImage({
    platform,
    parts: [{ layer, createdBy: `catamaran: Debian ${suite}: ${packages.map(describe).join(' ')}` }],
    execution: {
      User: `${user.id}:${user.id}`,
      Env: [
        'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        'SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt',
        ...(zone && setsTz ? [`TZ=${zone}`] : []),
      ],
      WorkingDir: '/',
    },
    created: new Date(sourceDateEpoch * 1000).toISOString(),
  });
}

function describe({ name, version }: LockedPackage): string {
  return `${name}=${version}`;
}

function baseLayer(
  { packages, files, user, zone, sourceDateEpoch }: DebianImageParts,
  platform: Platform,
  fetchDeb: FetchDeb,
  cache: Cache,
  ctx: Context,
): Promise<Layer> {
  const hashes = packages.map(({ sha256 }) => sha256);
  const added = files.map(({ path, mode, identity }) => [path, mode, identity]);
  const recipe = { layer: 'debian', composerVersion, hashes, added, user, zone, mtime: sourceDateEpoch };
  const title = `Debian base for ${formatPlatform(platform)}`;
  return entriesLayer({ key: cacheKey(recipe), title }, cache, sourceDateEpoch, ctx, async () =>
    composeRoot(await openAll(packages, fetchDeb, ctx), { files, user, zone }),
  );
}

/** Fetches and opens several at a time, in lanes that take the next package off one row; none outlives a failure. */
async function openAll(
  packages: readonly LockedPackage[],
  fetchDeb: FetchDeb,
  ctx: Context,
): Promise<OpenedPackage[]> {
  const opened: OpenedPackage[] = [];
  const row = packages.entries();
  const lane = async (inner: Context) => {
    for (const [at, found] of row) {
      inner.signal.throwIfAborted();
      const archive = await readDeb(await fetchDeb(found, inner), found.name);
      opened[at] = { name: found.name, archive };
    }
  };
  await runTogether(
    Array.from({ length: lanes }, () => lane),
    ctx,
  );
  return opened;
}
