import type { Context } from '@catamaran/oci';
import { buildErrors } from '../errors.ts';
import type { NpmOptions } from './npm-options.ts';

export interface TarballSpec {
  readonly name: string;
  readonly version: string;
  /** Subresource integrity, as a lockfile has it. */
  readonly integrity: string;
  /** Where it was fetched from when the lockfile was written, if that is recorded. */
  readonly resolved?: string;
}

/**
 * A package's tarball, out of npm's own cache when it is there; its integrity is verified in either case.
 * @throws CATA_PACKAGE_INTEGRITY, CATA_PACKAGE_UNAVAILABLE
 */
export async function fetchTarball(
  spec: TarballSpec,
  npmOptions: () => Promise<NpmOptions>,
  ctx: Context,
): Promise<Uint8Array> {
  ctx.signal.throwIfAborted();
  const { default: pacote } = await import('pacote');
  const options = await npmOptions();
  try {
    return await pacote.tarball(`${spec.name}@${spec.version}`, {
      ...options,
      integrity: spec.integrity,
      // pacote looks into its cache only when it is told some address; it takes the right one from the registry.
      resolved: spec.resolved ?? spec.name,
      signal: ctx.signal,
    });
  } catch (cause) {
    ctx.signal.throwIfAborted();
    throw tarballError(spec, cause as Error & { code?: string; found?: unknown });
  }
}

/** The integrity that the registry states for a version. @throws CATA_PACKAGE_UNAVAILABLE */
export async function fetchIntegrity(
  name: string,
  version: string,
  npmOptions: () => Promise<NpmOptions>,
  ctx: Context,
): Promise<string> {
  const { default: pacote } = await import('pacote');
  const options = await npmOptions();
  try {
    const manifest = await pacote.manifest(`${name}@${version}`, {
      ...options,
      signal: ctx.signal,
    });
    if (manifest._integrity) return manifest._integrity;
    throw new Error('the registry states no integrity for it');
  } catch (cause) {
    ctx.signal.throwIfAborted();
    throw tarballError({ name, version }, cause as Error & { code?: string });
  }
}

function tarballError(
  { name, version, integrity = '' }: { name: string; version: string; integrity?: string },
  cause: Error & { code?: string; found?: unknown },
): Error {
  const details = { name, version };
  if (cause.code === 'EINTEGRITY') {
    return buildErrors.CATA_PACKAGE_INTEGRITY(
      { ...details, expected: integrity, actual: String(cause.found ?? statedIntegrity(cause.message)) },
      { cause },
    );
  }
  // npm's words for a version, or a package, that does not exist.
  if (cause.code === 'ETARGET' || cause.code === 'E404')
    return buildErrors.CATA_PACKAGE_UNKNOWN(details, { cause });
  const reason = `${cause.message.split('\n')[0]}${cause.code ? ` (${cause.code})` : ''}`;
  return buildErrors.CATA_PACKAGE_UNAVAILABLE({ ...details, reason }, { cause });
}

/** Where the registry itself states another integrity, pacote has it in words only. */
function statedIntegrity(message: string): string {
  return / but got (\S+?)\.?$/.exec(message)?.[1] ?? 'something else';
}
