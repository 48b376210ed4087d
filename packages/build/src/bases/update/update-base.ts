import { isDeepStrictEqual } from 'node:util';
import { type Context, formatPlatform } from '@catamaran/oci';
import { buildErrors } from '../../errors.ts';
import type { Project } from '../../project/project.ts';
import { debianOptions } from '../debian/debian-options.ts';
import { lockFile } from '../lock/lock-file.ts';
import type { BaseLock } from '../lock/lock-schema.ts';
import type { BaseServices } from '../project-base.ts';
import { type BaseChanges, baseChanges } from './base-changes.ts';
import { newDebianLock } from './new-debian-lock.ts';
import { newRegistryLock } from './new-registry-lock.ts';

export interface BaseUpdate {
  readonly kind: Project['base']['kind'];
  /** Undefined where a base has nothing to lock. */
  readonly lockPath: string | undefined;
  readonly platforms: readonly string[];
  readonly changes: BaseChanges;
}

/**
 * Asks what the base is now, for every platform of a project, and writes it into `catamaran.lock.json`.
 * @throws CATA_LOCK_NOT_WRITABLE, CATA_BASE_PLATFORM, and what mirrors and registries throw
 */
export async function updateBase(
  project: Project,
  services: BaseServices,
  ctx: Context,
): Promise<BaseUpdate> {
  const { kind } = project.base;
  const platforms = project.platforms.map(formatPlatform);
  const lock = lockFile(project.folder, services.inputs);
  const after = await newLock(project, services, ctx);
  if (!after) return { kind, lockPath: undefined, platforms, changes: baseChanges(undefined, undefined) };
  // What cannot be read is replaced: that is what its error says to do.
  const before = await lock.read().catch(() => undefined);
  if (!isSame(before, after)) {
    await lock.write(after).catch((cause: NodeJS.ErrnoException) => {
      throw buildErrors.CATA_LOCK_NOT_WRITABLE({ path: lock.path, reason: cause.message }, { cause });
    });
  }
  return { kind, lockPath: lock.path, platforms, changes: baseChanges(before, after) };
}

async function newLock(
  { base, folder, platforms, sourceDateEpoch }: Project,
  services: BaseServices,
  ctx: Context,
): Promise<BaseLock | undefined> {
  switch (base.kind) {
    case 'registry':
      return newRegistryLock(base.image, platforms, services, ctx);
    case 'debian':
      return newDebianLock(debianOptions(base, folder, sourceDateEpoch), platforms, services, ctx);
    default:
      return undefined;
  }
}

/** A mirror signs its lists anew every day; where that is all, the file stays as it is. */
function isSame(before: BaseLock | undefined, after: BaseLock): boolean {
  const lasting = (lock: BaseLock | undefined) => ({ ...lock, releases: {} });
  return isDeepStrictEqual(lasting(before), lasting(after));
}
