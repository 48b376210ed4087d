import { type Context, formatPlatform, type Platform, sharedLookup } from '@catamaran/oci';
import type { Cache } from '../../cache/cache.ts';
import { buildErrors } from '../../errors.ts';
import type { InputLog } from '../../inputs/input-log.ts';
import type { BaseSource } from '../base-source.ts';
import type { LockFile } from '../lock/lock-file.ts';
import type { LockedPackage } from '../lock/lock-schema.ts';
import { type AddedPath, readAddedFiles } from './added-files.ts';
import type { AptSource } from './apt-sources.ts';
import { debianImage } from './debian-image.ts';
import { fetchDeb, isMissing } from './fetch-deb.ts';
import { lockedPackages } from './locked-packages.ts';
import { fetchRelease } from './release.ts';
import { type ReleaseQuestion, resolvePackages } from './resolve-packages.ts';
import type { DebianUser } from './system-files.ts';

export interface DebianBaseOptions {
  readonly suite: string;
  /** All that are asked for, each once, sorted. */
  readonly packages: readonly string[];
  /** Asked for when something has to be fetched. */
  readonly sources: () => Promise<readonly AptSource[]>;
  readonly files: readonly AddedPath[];
  readonly user: DebianUser;
  /** The name of a zone; undefined where there is to be no time zone data. */
  readonly zone: string | undefined;
  /** Whether services are told of it in TZ as well. */
  readonly setsTz: boolean;
  readonly sourceDateEpoch: number;
}

export interface DebianBaseServices {
  readonly cache: Cache;
  readonly inputs: InputLog;
  readonly lock: LockFile;
}

/**
 * A base of Debian packages, put together without running anything of theirs; so it can be made for any CPU on
 * any machine. Of exactly the packages that the lock file names, where there is one.
 */
export function debianBase(
  options: DebianBaseOptions,
  { cache, inputs, lock }: DebianBaseServices,
): BaseSource {
  const releaseOf = sharedRelease();
  const files = sharedLookup({ keyOf: () => '', look: () => readAddedFiles(options.files, inputs) });

  async function packagesFor(platform: Platform, ctx: Context) {
    const locked = await lockedPackages(options, platform, lock);
    if (locked) return { packages: locked, isLocked: true };
    const services = { cache, inputs, releaseOf };
    const resolved = await resolvePackages(
      options.packages,
      await options.sources(),
      platform,
      services,
      ctx,
    );
    return { packages: resolved.packages, isLocked: false };
  }

  return {
    subject: `Debian ${options.suite}`,
    origin: async () => ({}),
    async resolve(platform, ctx) {
      const { packages, isLocked } = await packagesFor(platform, ctx);
      const fetch = (found: LockedPackage, inner: Context) =>
        fetchDeb(found, options.sources, cache, inner).catch((error: unknown) => {
          throw isLocked && isMissing(error) ? gone(found, platform, lock, error) : error;
        });
      const parts = { ...options, packages, files: await files(undefined, ctx) };
      return debianImage(parts, platform, fetch, cache, ctx);
    },
  };
}

/** Platforms share a suite's signed list, and so the work of verifying it. */
export function sharedRelease() {
  return sharedLookup({
    keyOf: ({ source: { uri, signedBy }, suite }: ReleaseQuestion) => JSON.stringify([uri, suite, signedBy]),
    look: ({ source, suite }, ctx) => fetchRelease(source, suite, ctx),
  });
}

function gone(
  { name, version }: LockedPackage,
  platform: Platform,
  { path }: LockFile,
  cause: unknown,
): Error {
  const details = { package: `${name}=${version}`, platform: formatPlatform(platform), path };
  return buildErrors.CATA_LOCKED_PACKAGE_GONE(details, { cause });
}
