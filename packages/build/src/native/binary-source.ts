import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  type Context,
  collectBytes,
  type Digest,
  digestOf,
  formatPlatform,
  messageOf,
  runStep,
} from '@catamaran/oci';
import { type Cache, cacheKey } from '../cache/cache.ts';
import { type Connection, download } from '../download/download.ts';
import { buildErrors } from '../errors.ts';
import type { NativeRequest, NativeServices } from './native-request.ts';

/** Where a package's binary is had from, and what to set when it is had elsewhere. */
export interface BinarySource {
  readonly url: string;
  /** The line of .npmrc, or the variable, that names a mirror. */
  readonly mirror: string;
  /** Hexadecimal, where it is known. */
  readonly sha256?: string;
}

interface FetchedRecord {
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/** Larger than any addon; libraries of machine learning come close. */
const maxBytes = 512 * 1024 * 1024;

/**
 * Fetches what an install script would have fetched. What was fetched once is kept by its address and its digest,
 * and has to have that digest when it is used again.
 * @throws CATA_NATIVE_BINARY_UNAVAILABLE
 */
export async function fetchBinary(
  source: BinarySource,
  request: NativeRequest,
  services: NativeServices,
  ctx: Context,
): Promise<Uint8Array> {
  const { cache } = services;
  const key = cacheKey({ binary: source.url, sha256: source.sha256 });
  const record = await cache.getJson<FetchedRecord>('binaries', key);
  const kept = record && (await keptBytes(record, cache));
  if (kept) return kept;
  try {
    const { name, version } = request.inventory;
    const title = `${name} ${version} for ${formatPlatform(request.target.platform)}`;
    const bytes = await runStep(`binary.${key}`, title, ctx, () => open(source, services, ctx));
    await cache.putJson('binaries', key, await cache.blobs.add([bytes], ctx.signal));
    return bytes;
  } catch (cause) {
    ctx.signal.throwIfAborted();
    throw unavailable(source, request, cause);
  }
}

async function keptBytes({ digest, sizeBytes }: FetchedRecord, { blobs }: Cache) {
  if (!(await blobs.reuse(digest, sizeBytes))) return undefined;
  const bytes = await collectBytes(blobs.read(digest));
  return digestOf(bytes) === digest ? bytes : undefined;
}

async function open({ url, sha256 }: BinarySource, services: NativeServices, ctx: Context) {
  if (url.startsWith('file:')) return readFile(fileURLToPath(url), { signal: ctx.signal });
  const connection = await connectionOf(services);
  return download(url, { maxBytes, connection, ...(sha256 ? { sha256 } : {}) }, ctx);
}

function unavailable({ url, mirror }: BinarySource, request: NativeRequest, cause: unknown) {
  const { inventory, target } = request;
  return buildErrors.CATA_NATIVE_BINARY_UNAVAILABLE(
    {
      name: inventory.name,
      version: inventory.version,
      platform: formatPlatform(target.platform),
      url,
      reason: reasonOf(cause),
      mirror,
    },
    { cause },
  );
}

/** Without the address, which is in the message already. */
function reasonOf(cause: unknown): string {
  const { status, reason } = (cause as { details?: { status?: number; reason?: string } }).details ?? {};
  if (status !== undefined) return `the server answers ${status}`;
  return reason === undefined ? messageOf(cause) : `no answer: ${reason}`;
}

/** As npm has it, and tells install scripts, or as they may have it from the environment. */
async function connectionOf({ npmOptions, scriptEnv }: NativeServices): Promise<Connection> {
  const { ca, strictSSL } = (await npmOptions()) as { ca?: string | string[] | null; strictSSL?: boolean };
  const env = await scriptEnv();
  const http = env.npm_config_proxy || env.http_proxy || env.HTTP_PROXY || '';
  const https = env.npm_config_https_proxy || env.https_proxy || env.HTTPS_PROXY || http;
  const except = env.npm_config_noproxy || env.no_proxy || env.NO_PROXY || '';
  return { proxies: { http, https, except }, strictTls: strictSSL !== false, ...(ca?.length ? { ca } : {}) };
}
