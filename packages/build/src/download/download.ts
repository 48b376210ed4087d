import { type Context, collectBytes, Digester } from '@catamaran/oci';
import pRetry, { AbortError } from 'p-retry';
import { Agent, type Dispatcher, EnvHttpProxyAgent, errors, interceptors, request } from 'undici';
import { buildErrors } from '../errors.ts';

/** Addresses; "" for none. */
export interface Proxies {
  readonly http: string;
  readonly https: string;
  /** Hosts that are asked directly, with commas or spaces between them. */
  readonly except: string;
}

export interface DownloadOptions {
  /** More than this is refused. */
  readonly maxBytes: number;
  /** Hexadecimal; the content must have it. */
  readonly sha256?: string;
  /** None unless told. */
  readonly proxies?: Proxies;
  /** Told as the bytes come. */
  onBytes?(receivedBytes: number): void;
}

// Some mirrors send each file's reader to another that is near; what comes is verified all the same.
// HTTP/1.1: over HTTP/2, undici 8.12 may never hear of a connection that was reset.
const patience = { connectTimeout: 10_000, headersTimeout: 30_000, bodyTimeout: 60_000, allowH2: false };
const followed = interceptors.redirect({ maxRedirections: 5 });
const agent = new Agent(patience).compose(followed);
const proxyAgents = new Map<string, Dispatcher>();

function dispatcherFor({ proxies }: DownloadOptions): Dispatcher {
  if (!proxies || !(proxies.http || proxies.https)) return agent;
  const key = JSON.stringify(proxies);
  const found = proxyAgents.get(key) ?? throughProxies(proxies);
  proxyAgents.set(key, found);
  return found;
}

function throughProxies({ http, https, except }: Proxies): Dispatcher {
  const options = { ...patience, httpProxy: http, httpsProxy: https, noProxy: except };
  return new EnvHttpProxyAgent(options).compose(followed);
}

const retries = 2;

/**
 * Fetches a file from a mirror. What may pass (a broken connection, a 5xx) is tried again; what will not
 * (a 404, a wrong hash) is not.
 * @throws CATA_MIRROR_UNREACHABLE, CATA_MIRROR_REFUSED, CATA_DOWNLOAD_TOO_LARGE, CATA_DOWNLOAD_HASH
 */
export function download(url: string, options: DownloadOptions, ctx: Context): Promise<Uint8Array> {
  return pRetry(() => downloadOnce(url, options, ctx), {
    retries,
    minTimeout: 300,
    randomize: true,
    signal: ctx.signal,
  });
}

async function downloadOnce(url: string, options: DownloadOptions, ctx: Context): Promise<Uint8Array> {
  const { statusCode, body } = await connect(url, options, ctx);
  if (statusCode !== 200) {
    body.on('error', () => {}).destroy();
    const refused = buildErrors.CATA_MIRROR_REFUSED({ url, status: statusCode });
    throw statusCode >= 500 ? refused : new AbortError(refused);
  }
  try {
    return verified(url, await collectBytes(bounded(url, body, options)), options);
  } catch (cause) {
    throw transportError(url, cause, ctx);
  }
}

async function connect(url: string, options: DownloadOptions, ctx: Context) {
  try {
    return await request(url, { dispatcher: dispatcherFor(options), signal: ctx.signal });
  } catch (cause) {
    throw transportError(url, cause, ctx);
  }
}

async function* bounded(
  url: string,
  body: AsyncIterable<Uint8Array>,
  { maxBytes, onBytes }: DownloadOptions,
): AsyncIterable<Uint8Array> {
  let receivedBytes = 0;
  for await (const chunk of body) {
    receivedBytes += chunk.byteLength;
    if (receivedBytes > maxBytes) {
      throw new AbortError(buildErrors.CATA_DOWNLOAD_TOO_LARGE({ url, maxBytes }));
    }
    onBytes?.(receivedBytes);
    yield chunk;
  }
}

function verified(url: string, bytes: Uint8Array, { sha256 }: DownloadOptions): Uint8Array {
  const actual = new Digester().update(bytes).digest();
  if (sha256 && actual !== `sha256:${sha256}`) {
    throw new AbortError(buildErrors.CATA_DOWNLOAD_HASH({ url, actual, expected: `sha256:${sha256}` }));
  }
  return bytes;
}

function transportError(url: string, cause: unknown, ctx: Context): unknown {
  if (ctx.signal.aborted) return new AbortError(ctx.signal.reason as Error);
  if (cause instanceof AbortError) return cause;
  return buildErrors.CATA_MIRROR_UNREACHABLE({ url, reason: reasonOf(cause) }, { cause });
}

function reasonOf(cause: unknown): string {
  if (cause instanceof errors.UndiciError) return `${cause.message} (${cause.code})`;
  if (cause instanceof AggregateError) return cause.errors.map(reasonOf).join('; ');
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
