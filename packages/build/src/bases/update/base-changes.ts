import type { Digest } from '@catamaran/oci';
import type { BaseLock, DebianLock, LockedPackage } from '../lock/lock-schema.ts';

interface ImageChange {
  readonly image: string;
  /** Undefined where it was not locked. */
  readonly from: Digest | undefined;
  readonly to: Digest;
}

/** A package that came, went or has another version; the same on all platforms that are named. */
export interface PackageChange {
  readonly name: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly platforms: readonly string[];
}

/** What a new lock has that the old one did not, and the other way round. */
export interface BaseChanges {
  readonly image: ImageChange | undefined;
  readonly packages: readonly PackageChange[];
}

export function baseChanges(before: BaseLock | undefined, after: BaseLock | undefined): BaseChanges {
  if (after?.kind === 'registry') {
    const { image, digest: to } = after;
    const from = before?.kind === 'registry' && before.image === image ? before.digest : undefined;
    return { image: from === to ? undefined : { image, from, to }, packages: [] };
  }
  const packages = after ? packageChanges(before?.kind === 'debian' ? before : undefined, after) : [];
  return { image: undefined, packages };
}

function packageChanges(before: DebianLock | undefined, after: DebianLock): PackageChange[] {
  const changes = Object.keys(after.platforms).flatMap((platform) =>
    changesOn(platform, before?.platforms[platform] ?? [], after.platforms[platform] ?? []),
  );
  const same = Map.groupBy(changes, ({ name, from, to }) => JSON.stringify([name, from, to]));
  return [...same.values()]
    .map(([first, ...others]): PackageChange => {
      if (!first) throw new Error('a group has no member');
      return { ...first, platforms: [first, ...others].flatMap(({ platforms }) => platforms) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function changesOn(
  platform: string,
  before: readonly LockedPackage[],
  after: readonly LockedPackage[],
): PackageChange[] {
  const [old, now] = [before, after].map((list) => new Map(list.map((one) => [one.name, one])));
  return [...new Set([...before, ...after].map(({ name }) => name))].flatMap((name) => {
    const [was, is] = [old?.get(name), now?.get(name)];
    // A package that was made again has another hash, and should have another version.
    if (was?.sha256 === is?.sha256) return [];
    return [{ name, from: was?.version, to: is?.version, platforms: [platform] }];
  });
}
