import {
  type Context,
  collectBytes,
  type GzipMember,
  gzipMember,
  gzipMembers,
  streamTarEntries,
} from '@catamaran/oci';
import { type Cache, cacheKey } from '../cache/cache.ts';
import { needsResolution } from '../native/install-script.ts';
import { asPacked } from '../native/native-resolution.ts';
import type { PackageInventory } from '../native/package-inventory.ts';
import type { NpmOptions } from '../npm/npm-options.ts';
import { keeping, keptMember, pieces } from './kept-members.ts';
import { memberKey } from './member-key.ts';
import { brokenPackage, openPackage } from './open-package.ts';
import { packageEntries } from './package-entries.ts';
import type { UnpackedPackage } from './package-file.ts';
import type { PackagePlace, PackageSource, ResolvedPlace } from './package-place.ts';
import { RecentMembers } from './recent-members.ts';
import { takeInventory } from './take-inventory.ts';

/** Packages out of their tarballs: looked through once, and made into parts of layers. */
export interface PackageStore extends AsyncDisposable {
  /**
   * What is in a package. One that has no native code and no install script is made into a member on the way, as it
   * is at hand.
   * @throws CATA_PACKAGE_TARBALL and what `withTarball` throws
   */
  inventory(place: PackagePlace, ctx: Context): Promise<PackageInventory>;
  /** @param path below the package's folder; undefined when it is not in the tarball */
  readFile(source: PackageSource, path: string, ctx: Context): Promise<Uint8Array | undefined>;
  /** The package as gzip members of a layer, kept by all that they depend on. */
  member(place: ResolvedPlace, ctx: Context): Promise<AsyncIterable<GzipMember>>;
}

const inventoryVersion = 1;

export function packageStore(
  cache: Cache,
  npmOptions: () => Promise<NpmOptions>,
  mtimeSeconds: number,
): PackageStore {
  /** Opened packages that are large: several targets may take their parts of one. */
  const spooled = new Map<string, UnpackedPackage>();
  const underWay = new Map<string, Promise<PackageInventory>>();
  const recent = new RecentMembers();

  async function open(source: PackageSource, ctx: Context): Promise<UnpackedPackage> {
    const found = spooled.get(source.integrity);
    if (found) return found;
    const opened = await (source.open?.(ctx) ?? openPackage(source, cache, npmOptions, ctx));
    if (opened.isSpooled) spooled.set(source.integrity, opened);
    return opened;
  }

  async function takeIn(place: PackagePlace, key: string, ctx: Context): Promise<PackageInventory> {
    const kept = await cache.getJson<PackageInventory>('inventories', key);
    if (kept) return kept;
    const unpacked = await open(place, ctx);
    const inventory = await takeInventory(unpacked.files, place).catch((cause: unknown) => {
      throw brokenPackage(place, cause);
    });
    await cache.putJson('inventories', key, inventory);
    if (!unpacked.isSpooled && !needsResolution(inventory, false)) {
      await make({ ...place, resolution: asPacked }, unpacked);
    }
    return inventory;
  }

  async function make(place: ResolvedPlace, unpacked: UnpackedPackage): Promise<GzipMember> {
    const key = memberKey(place, mtimeSeconds);
    const entries = packageEntries(place, unpacked.files);
    const uncompressed = await collectBytes(streamTarEntries(entries, mtimeSeconds));
    const member = { uncompressed, compressed: await gzipMember(uncompressed) };
    await cache.putBytes('members', key, member.compressed);
    recent.add(key, member);
    return member;
  }

  async function* makeLarge(place: ResolvedPlace, key: string, unpacked: UnpackedPackage) {
    const entries = packageEntries(place, unpacked.files);
    yield* keeping(gzipMembers(streamTarEntries(entries, mtimeSeconds)), key, cache);
  }

  return {
    inventory(place, ctx) {
      const key = cacheKey({ inventory: inventoryVersion, integrity: place.integrity });
      const found = underWay.get(key) ?? takeIn(place, key, ctx).finally(() => underWay.delete(key));
      underWay.set(key, found);
      return found;
    },

    async readFile(source, path, ctx) {
      const { files } = await open(source, ctx);
      const found = files.find((file) => file.path === path);
      return found && collectBytes(found.content());
    },

    async member(place, ctx) {
      const key = memberKey(place, mtimeSeconds);
      const fresh = recent.take(key);
      if (fresh) return pieces([fresh]);
      const kept = await keptMember(key, cache);
      if (kept) return kept;
      const unpacked = await open(place, ctx);
      return unpacked.isSpooled ? makeLarge(place, key, unpacked) : pieces([await make(place, unpacked)]);
    },

    async [Symbol.asyncDispose]() {
      for (const unpacked of spooled.values()) await unpacked[Symbol.asyncDispose]();
      spooled.clear();
    },
  };
}
