import { parseDigest } from '@catamaran/oci';
import { z } from 'zod';

const registryLock = z.object({
  kind: z.literal('registry'),
  /** With its registry, as Docker completes names. */
  image: z.string(),
  digest: z.string().transform(parseDigest),
});

const lockedPackage = z.object({
  name: z.string(),
  version: z.string(),
  suite: z.string(),
  /** From the mirror's address; no mirror is named here. */
  file: z.string().regex(/^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))[^\s]+$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sizeBytes: z.int().min(0),
});

const debianLock = z.object({
  kind: z.literal('debian'),
  suite: z.string(),
  /** What was asked for. */
  packages: z.array(z.string()),
  /** When each suite that was read had been made: what to ask an archive of snapshots for. */
  releases: z.record(z.string(), z.string()),
  /** By platform, as in "linux/amd64"; sorted by name. */
  platforms: z.record(z.string(), z.array(lockedPackage)),
});

const baseLockSchema = z.discriminatedUnion('kind', [registryLock, debianLock]);

/** `catamaran.lock.json`. Other parts of it are kept as they are. */
const lockFileSchema = z.looseObject({
  lockfileVersion: z.literal(1),
  base: baseLockSchema.optional(),
});

export type LockedFile = z.output<typeof lockFileSchema>;

/** @throws Error with all that is wrong with it */
export function parseLockFile(json: unknown): LockedFile {
  const parsed = lockFileSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new Error(z.prettifyError(parsed.error));
}

/** What a base was found to be, once and until it is looked for again. */
export type BaseLock = z.output<typeof baseLockSchema>;
export type RegistryLock = z.output<typeof registryLock>;

export type DebianLock = z.output<typeof debianLock>;
export type LockedPackage = z.output<typeof lockedPackage>;
