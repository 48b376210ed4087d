import { createHash } from 'node:crypto';
import type { Context } from '@catamaran/oci';
import { cachedTarball } from './cached-tarball.ts';
import type { TarballSpec } from './fetch-tarball.ts';
import type { NpmOptions } from './npm-options.ts';
import { treeToPack } from './pack-list.ts';
import { isAtRegistry, tarballAddress } from './tarball-address.ts';

/** Fetches a tarball as npm does, which puts what it fetches into its cache once it has the integrity it should have. */
export async function fetchIntoCache(spec: TarballSpec, options: NpmOptions, ctx: Context): Promise<void> {
  const { integrity } = spec;
  const address = await addressOf(spec, options, ctx.signal);
  const fetch = <T>(handle: (tarball: NodeJS.ReadableStream) => Promise<T>) =>
    fetchStream(spec.name, address, { ...options, integrity }, ctx, handle);
  await fetch(readToEnd);
  // A registry may say that nobody is to keep it. npm then does not, and fetches it every time.
  const cache = String(options.cache);
  if (!(await cachedTarball(cache, integrity)))
    await fetch((tarball) => putIntoCache(tarball, cache, integrity, address));
}

/**
 * Fetches what the lockfile has no integrity of, and tells which one it has. npm's cache keeps it by that, unless its
 * server says that nobody is to keep it.
 * @param address of a tarball or of a git commit; of the latter it is npm's choice of files
 * @param lookAt told of the folder of the commit
 */
export function fetchUnverified(
  { name, resolved = '' }: { readonly name: string; readonly resolved?: string },
  options: NpmOptions,
  ctx: Context,
  lookAt: (manifest: Readonly<Record<string, unknown>>) => void = () => {},
): Promise<string> {
  const address = /^https?:/.test(resolved) ? tarballAddress(resolved, options) : resolved;
  return fetchStream(name, address, options, ctx, integrityOf, lookAt);
}

/** Runs no script of anybody's. */
async function fetchStream<T>(
  name: string,
  address: string,
  options: NpmOptions,
  { signal }: Context,
  handle: (tarball: NodeJS.ReadableStream) => Promise<T>,
  lookAt?: (manifest: Readonly<Record<string, unknown>>) => void,
): Promise<T> {
  const { default: pacote } = await import('pacote');
  // `allow-remote` is about packages that somebody depends on by their URL.
  const more = isAtRegistry(address, name, options) ? { allowRemote: 'all' } : {};
  // What packs the folder of a git commit asks npm's own tree of it which files belong to it.
  class Arborist {
    readonly #path: string;
    constructor({ path }: { path: string }) {
      this.#path = path;
    }
    async loadActual() {
      const tree = await treeToPack(this.#path);
      lookAt?.(tree.package);
      return tree;
    }
  }
  return pacote.tarball.stream(`${name}@${address}`, handle, {
    ...options,
    ...more,
    Arborist,
    ignoreScripts: true,
    signal,
  });
}

/** The address that the lockfile has, so that the registry need not be asked for it; npm does the same. */
async function addressOf(
  { name, version, integrity, resolved }: TarballSpec,
  options: NpmOptions,
  signal: AbortSignal,
): Promise<string> {
  if (resolved) return /^https?:/.test(resolved) ? tarballAddress(resolved, options) : resolved;
  const { default: pacote } = await import('pacote');
  const manifest = await pacote.manifest(`${name}@${version}`, { ...options, integrity, signal });
  return tarballAddress(manifest._resolved, options);
}

/** Only the strongest that an integrity names counts, and names the place in the cache. */
const strongestFirst = ['sha512', 'sha384', 'sha256', 'sha1'];

function readToEnd(tarball: NodeJS.ReadableStream): Promise<void> {
  return new Promise((resolve, reject) => {
    tarball.on('error', reject);
    tarball.on('end', resolve);
    tarball.resume();
  });
}

async function integrityOf(tarball: NodeJS.ReadableStream): Promise<string> {
  const hash = createHash('sha512');
  tarball.on('data', (chunk: Buffer) => hash.update(chunk));
  await readToEnd(tarball);
  return `sha512-${hash.digest('base64')}`;
}

async function putIntoCache(
  tarball: NodeJS.ReadableStream,
  cache: string,
  integrity: string,
  address: string,
): Promise<void> {
  const { default: cacache } = await import('cacache');
  const algorithms = [strongestFirst.find((one) => integrity.includes(`${one}-`)) ?? 'sha512'];
  const kept = cacache.put.stream(cache, `pacote:tarball:${address}`, { integrity, algorithms });
  const done = kept.promise();
  tarball.on('error', (error) => kept.emit('error', error));
  tarball.pipe(kept);
  await done;
}
