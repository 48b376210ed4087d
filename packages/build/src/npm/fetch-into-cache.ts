import type { Context } from '@catamaran/oci';
import { cachedTarball } from './cached-tarball.ts';
import type { TarballSpec } from './fetch-tarball.ts';
import type { NpmOptions } from './npm-options.ts';
import { isAtRegistry, tarballAddress } from './tarball-address.ts';

/** Fetches a tarball as npm does, which puts what it fetches into its cache once it has the integrity it should have. */
export async function fetchIntoCache(
  spec: TarballSpec,
  options: NpmOptions,
  { signal }: Context,
): Promise<void> {
  const { default: pacote } = await import('pacote');
  const { name, integrity } = spec;
  const address = await addressOf(spec, options, signal);
  // `allow-remote` is about packages that somebody depends on by their URL.
  const more = isAtRegistry(address, name, options) ? { allowRemote: 'all' } : {};
  const fetch = (handle: (tarball: NodeJS.ReadableStream) => Promise<void>) =>
    pacote.tarball.stream(`${name}@${address}`, handle, { ...options, ...more, integrity, signal });
  await fetch(readToEnd);
  // A registry may say that nobody is to keep it. npm then does not, and fetches it every time.
  const cache = String(options.cache);
  if (!(await cachedTarball(cache, integrity)))
    await fetch((tarball) => putIntoCache(tarball, cache, spec, address));
}

/** The address that the lockfile has, so that the registry need not be asked for it; npm does the same. */
async function addressOf(
  { name, version, integrity, resolved }: TarballSpec,
  options: NpmOptions,
  signal: AbortSignal,
): Promise<string> {
  if (resolved && /^https?:/.test(resolved)) return tarballAddress(resolved, options);
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

async function putIntoCache(
  tarball: NodeJS.ReadableStream,
  cache: string,
  { integrity }: TarballSpec,
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
