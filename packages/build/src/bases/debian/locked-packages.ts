import { formatPlatform, type Platform } from '@catamaran/oci';
import { buildErrors } from '../../errors.ts';
import type { LockFile } from '../lock/lock-file.ts';
import type { LockedPackage } from '../lock/lock-schema.ts';

/** What a lock has to be for. */
export interface LockedFor {
  readonly suite: string;
  /** All that are asked for, each once, sorted. */
  readonly packages: readonly string[];
}

/**
 * The packages that the lock file names for a platform, or undefined where no Debian is locked. A lock that was made for
 * something else is not guessed at: which versions belong together is the mirror's to say.
 * @throws CATA_LOCK_INVALID, CATA_LOCK_STALE
 */
export async function lockedPackages(
  wanted: LockedFor,
  platform: Platform,
  lock: LockFile,
): Promise<readonly LockedPackage[] | undefined> {
  const kept = await lock.read();
  if (kept?.kind !== 'debian') return undefined;
  const stale = (reason: string) => buildErrors.CATA_LOCK_STALE({ path: lock.path, reason });
  if (kept.suite !== wanted.suite) throw stale(`it is for ${kept.suite}, and base.suite is ${wanted.suite}`);
  const added = wanted.packages.filter((name) => !kept.packages.includes(name));
  const removed = kept.packages.filter((name) => !wanted.packages.includes(name));
  if (added.length > 0) throw stale(`${added.join(', ')} is asked for and not in it`);
  if (removed.length > 0) throw stale(`${removed.join(', ')} is in it and no longer asked for`);
  const found = kept.platforms[formatPlatform(platform)];
  if (!found) throw stale(`it has nothing for ${formatPlatform(platform)}`);
  return found;
}
