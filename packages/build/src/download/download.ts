import { type Context, collectBytes, Digester } from '@catamaran/oci';
import pRetry, { AbortError } from 'p-retry';
import { buildErrors } from '../errors.ts';

/** How servers are reached and believed. */
export interface Connection {
  readonly proxies: Proxies;
  /** Certificates, in PEM, to believe instead of the well-known ones. */
  readonly ca?: string | readonly string[];
  /** False to believe any. */
  readonly strictTls: boolean;
}

/** Addresses; "" for none. */
interface Proxies {
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
  /** Directly, and strictly, unless told. */
  readonly connection?: Connection;
  /** Told as the bytes come. */
  onBytes?(receivedBytes: number): void;
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
    const { dispatcherFor, request } = await import('./dispatcher.ts');
    return await request(url, { dispatcher: dispatcherFor(options.connection), signal: ctx.signal });
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
  // As undici's errors have it: https://github.com/nodejs/undici/blob/v8.12.4/docs/docs/api/Errors.md
  const { code } = cause as { readonly code?: unknown };
  if (cause instanceof Error && typeof code === 'string' && code.startsWith('UND_'))
    return `${cause.message} (${code})`;
  if (cause instanceof AggregateError) return cause.errors.map(reasonOf).join('; ');
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
