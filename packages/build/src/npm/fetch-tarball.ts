import type { Context } from '@catamaran/oci';
import { buildErrors } from '../errors.ts';
import { cachedTarball } from './cached-tarball.ts';
import { fetchIntoCache } from './fetch-into-cache.ts';
import type { NpmOptions } from './npm-options.ts';
import { tarballError } from './tarball-error.ts';

export interface TarballSpec {
  readonly name: string;
  readonly version: string;
  /** Subresource integrity, as a lockfile has it. */
  readonly integrity: string;
  /** Where it was fetched from when the lockfile was written, if that is recorded. */
  readonly resolved?: string;
}

/** What came of `use`: its failure is not the tarball's. */
type Outcome<T> = { readonly value: T } | { readonly failure: unknown };

/**
 * Gives a package's tarball to `use` a part at a time, out of npm's own cache; what is not there is fetched into it
 * first, for npm's client takes no notice of a reader that is slower than the network. What `use` gives is only
 * returned when the whole tarball had the integrity it should have, whether or not `use` has read it to its end; till
 * then nothing that was read can be trusted.
 *
 * **`use` may be called again**, with the tarball from its start, when what was in npm's cache turns out to be damaged:
 * it must keep nothing from one call for the next.
 * @throws CATA_PACKAGE_INTEGRITY, CATA_PACKAGE_UNKNOWN, CATA_PACKAGE_UNAVAILABLE and whatever `use` throws
 */
export async function withTarball<T>(
  spec: TarballSpec,
  npmOptions: () => Promise<NpmOptions>,
  ctx: Context,
  use: (tarball: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  ctx.signal.throwIfAborted();
  const options = await npmOptions();
  let outcome: Outcome<T> | undefined;
  try {
    outcome = await outcomeOfCached(spec, options, use);
    if (!outcome) {
      await fetchIntoCache(spec, options, ctx);
      outcome = await outcomeOfCached(spec, options, use);
    }
    if (!outcome) throw new Error("npm's cache does not keep it");
  } catch (cause) {
    ctx.signal.throwIfAborted();
    throw tarballError(spec, cause as Error & { code?: string; found?: unknown });
  }
  if ('failure' in outcome) throw outcome.failure;
  return outcome.value;
}

/** Undefined when it is not there, or not any more because it was damaged. */
async function outcomeOfCached<T>(
  { integrity }: TarballSpec,
  { cache }: NpmOptions,
  use: (tarball: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<Outcome<T> | undefined> {
  const cached = await cachedTarball(String(cache), integrity);
  if (!cached) return undefined;
  try {
    return await outcomeOf(cached.content, use);
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'EINTEGRITY') throw cause;
    await cached.remove();
    return undefined;
  }
}

/** Reads on to the end whatever `use` does, for only there is it known whether the bytes are the right ones. */
async function outcomeOf<T>(
  content: AsyncIterable<Uint8Array>,
  use: (tarball: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<Outcome<T>> {
  const parts = content[Symbol.asyncIterator]();
  let damage: unknown;
  const next = () =>
    parts.next().catch((cause: unknown) => {
      damage = cause;
      throw cause;
    });
  // An iterator without `return`: whoever stops reading leaves the rest to be read here.
  const outcome = await use({ [Symbol.asyncIterator]: () => ({ next }) }).then(
    (value) => ({ value }),
    (failure: unknown) => ({ failure }),
  );
  while (!damage && !(await next()).done);
  if (damage) throw damage;
  return outcome;
}

/**
 * The integrity that the registry states for a version.
 * @throws CATA_PACKAGE_UNKNOWN, CATA_PACKAGE_UNAVAILABLE, CATA_PACKAGE_NO_INTEGRITY
 */
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
    throw buildErrors.CATA_PACKAGE_NO_INTEGRITY({ name, version });
  } catch (cause) {
    ctx.signal.throwIfAborted();
    throw tarballError({ name, version }, cause as Error & { code?: string });
  }
}
