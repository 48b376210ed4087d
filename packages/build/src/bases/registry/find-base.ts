import {
  type Context,
  type Descriptor,
  type Digest,
  formatReference,
  messageOf,
  type Reference,
  runStep,
} from '@catamaran/oci';
import { type Cache, cacheKey } from '../../cache/cache.ts';
import type { RegistryLock } from '../lock/lock-schema.ts';
import type { RegistryBaseServices } from './base-registry.ts';
import { unlessGone } from './unless-gone.ts';

export interface FoundBase {
  readonly descriptor: Descriptor;
  /** Set when the lock file says so. */
  readonly locked: Digest | undefined;
}

/**
 * What a reference stands for: its own digest, or the one that the lock file has for it. A tag that is not locked yet is
 * looked up, and locked.
 * @throws CATA_LOCK_INVALID, CATA_BASE_GONE, and what the registry throws
 */
export async function findBase(
  reference: Reference,
  services: RegistryBaseServices,
  ctx: Context,
): Promise<FoundBase> {
  const { registry, lock, cache } = services;
  const image = formatReference(reference);
  const locked = reference.digest ? undefined : await lockedDigest(image, services);
  const digest = reference.digest ?? locked;
  if (!digest) return { descriptor: await lookUp(reference, services, ctx), locked: undefined };
  const key = cacheKey({ digest });
  const kept = await cache.getJson<Descriptor>('base-descriptors', key);
  if (kept) return { descriptor: kept, locked };
  const descriptor = await unlessGone(locked, image, lock.path, async () =>
    (await registry()).resolve({ ...reference, digest }, ctx),
  );
  await keep(descriptor, cache);
  return { descriptor, locked };
}

async function lockedDigest(image: string, { lock }: RegistryBaseServices): Promise<Digest | undefined> {
  const kept = await lock.read();
  return kept?.kind === 'registry' && kept.image === image ? kept.digest : undefined;
}

function lookUp(reference: Reference, services: RegistryBaseServices, ctx: Context): Promise<Descriptor> {
  const image = formatReference(reference);
  return runStep(`base.${image}`, `Base ${image}`, ctx, async (step) => {
    const descriptor = await (await services.registry()).resolve(reference, ctx);
    await keep(descriptor, services.cache);
    const isLocked = await writeLock({ kind: 'registry', image, digest: descriptor.digest }, services, ctx);
    step.conclude(isLocked ? `${descriptor.digest}, from now on` : descriptor.digest);
    return descriptor;
  });
}

/** Where the project cannot be written to, it is built all the same. */
async function writeLock(
  entry: RegistryLock,
  { lock, inputs }: RegistryBaseServices,
  ctx: Context,
): Promise<boolean> {
  try {
    await lock.write(entry);
    return true;
  } catch (error) {
    const message = `${entry.image} is not locked, and another build may find another image under its tag: ${messageOf(error)}.`;
    ctx.emit({ type: 'warning', message });
    inputs.holdsUntil(ctx.clock.now());
    return false;
  }
}

async function keep(descriptor: Descriptor, cache: Cache): Promise<void> {
  await cache.putJson('base-descriptors', cacheKey({ digest: descriptor.digest }), descriptor);
}
