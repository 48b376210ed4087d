import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Context } from '@catamaran/oci';
import { type Cache, cacheKey } from '../cache/cache.ts';
import { buildErrors } from '../errors.ts';
import { cachedTarball } from './cached-tarball.ts';
import { fetchUnverified } from './fetch-into-cache.ts';
import type { TarballSpec } from './fetch-tarball.ts';
import { knownIntegrity } from './known-integrity.ts';
import type { LockedSource } from './locked-source.ts';
import type { NpmOptions } from './npm-options.ts';
import { redacted, tarballError } from './tarball-error.ts';

/** What a lockfile says of a package that comes as a tarball: its integrity may be missing. */
export interface UnsettledSpec extends Omit<TarballSpec, 'integrity'> {
  readonly integrity?: string;
  readonly kind: Exclude<LockedSource['kind'], 'folder'>;
  /** Taken as it is in its repository, without what its "prepare" script would make of it. */
  readonly isTakenUnprepared: boolean;
}

export interface SettleServices {
  readonly cache: Cache;
  readonly npmOptions: () => Promise<NpmOptions>;
}

/** What was packed of a git commit. */
interface PackedCommit {
  readonly integrity: string;
  readonly prepare?: string;
}

/**
 * A package with the integrity of its tarball: the lockfile's; or that which the registry states for the version; or,
 * of what a lockfile has none of, that which it has now. Of a git dependency npm has none that lasts, and neither is
 * there one here: the commit is what is agreed on.
 * @throws CATA_PACKAGE_PREPARE, CATA_PACKAGE_GIT, CATA_PACKAGE_FILE_MISSING and what `fetchIntegrity` throws
 */
export async function settleSpec(
  { kind, isTakenUnprepared, integrity, ...spec }: UnsettledSpec,
  services: SettleServices,
  ctx: Context,
): Promise<TarballSpec> {
  if (kind === 'git') {
    const { prepare, integrity: packed } = await packedCommit(spec, services, ctx);
    if (prepare !== undefined && !isTakenUnprepared)
      throw buildErrors.CATA_PACKAGE_PREPARE({ name: spec.name, script: prepare });
    return { ...spec, integrity: packed };
  }
  if (integrity) return { ...spec, integrity };
  if (kind === 'file') return { ...spec, integrity: await integrityOfFile(spec) };
  if (kind === 'registry') {
    const { cache, npmOptions } = services;
    return { ...spec, integrity: await knownIntegrity(spec.name, spec.version, cache, npmOptions, ctx) };
  }
  return { ...spec, integrity: await integrityAtAddress(spec, services, ctx) };
}

type Spec = Omit<TarballSpec, 'integrity'>;

async function packedCommit(
  spec: Spec,
  { cache, npmOptions }: SettleServices,
  ctx: Context,
): Promise<PackedCommit> {
  const options = await npmOptions();
  const key = cacheKey({ commit: spec.resolved });
  const kept = await cache.getJson<PackedCommit>('integrity', key);
  // npm's cache may have been emptied since, and what is packed by another Node.js has other bytes.
  if (kept && (await cachedTarball(String(options.cache), kept.integrity))) return kept;
  let prepare: unknown;
  try {
    const integrity = await fetchUnverified(spec, options, ctx, ({ scripts }) => {
      prepare = (scripts as Record<string, unknown> | undefined)?.prepare;
    });
    const packed = { integrity, ...(typeof prepare === 'string' ? { prepare } : {}) };
    await cache.putJson('integrity', key, packed);
    return packed;
  } catch (cause) {
    ctx.signal.throwIfAborted();
    const { code, message, stderr } = cause as Error & { code?: unknown; stderr?: string };
    const told = /^(?:fatal|error): (.*)$/m.exec(String(stderr ?? ''))?.[1] ?? message.split('\n')[0];
    const reason = redacted(`${told}${code === undefined ? '' : ` (${code})`}`);
    const address = redacted(spec.resolved ?? '');
    throw buildErrors.CATA_PACKAGE_GIT({ name: spec.name, address, reason }, { cause });
  }
}

async function integrityAtAddress(spec: Spec, { npmOptions }: SettleServices, ctx: Context): Promise<string> {
  const address = redacted(spec.resolved ?? '');
  ctx.emit({
    type: 'warning',
    message: `The lockfile has no integrity for "${spec.name}": nothing tells whether what is at ${address} is still what it was.`,
  });
  try {
    return await fetchUnverified(spec, await npmOptions(), ctx);
  } catch (cause) {
    ctx.signal.throwIfAborted();
    throw tarballError(spec, cause as Error);
  }
}

async function integrityOfFile({ name, resolved = '' }: Spec): Promise<string> {
  const path = fileURLToPath(resolved);
  const hash = createHash('sha512');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch (cause) {
    throw buildErrors.CATA_PACKAGE_FILE_MISSING({ name, file: path }, { cause });
  }
  return `sha512-${hash.digest('base64')}`;
}
