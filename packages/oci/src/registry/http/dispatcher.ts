import { getCACertificates } from 'node:tls';
import type { Dispatcher } from 'undici';
import type { RegistryOptions } from '../registry-options.ts';
import { isLoopback } from './loopback.ts';

/** Bodies are large and networks slow: what counts is that something comes, not that it is done. */
const timeouts = { headersTimeout: 60_000, bodyTimeout: 60_000 };

/**
 * With HTTP/2 an upload whose connection is reset never hears of it (undici 8.12 on Node 24: neither an error nor a
 * timeout), and all blobs would share one connection.
 */
const http1 = { allowH2: false };

/** The connections to one registry, and to where it sends its readers. */
export async function registryDispatcher(host: string, { ca, proxy }: RegistryOptions): Promise<Dispatcher> {
  // Most of what takes this package to load; who only looks into a layout should not wait for it.
  const { Agent, EnvHttpProxyAgent } = await import('../../undici.ts');
  const connect = {
    timeout: 10_000,
    ...http1,
    // Given certificates would replace the usual ones.
    ...(ca && ca.length > 0 ? { ca: [...getCACertificates('default'), ...ca] } : {}),
  };
  // A body that is sent in parts waits for none of the others.
  const common = { ...timeouts, ...http1, connect, pipelining: 1 };
  if (isLoopback(host) || !proxy || (!proxy.http && !proxy.https)) return new Agent(common);
  return new EnvHttpProxyAgent({
    ...common,
    httpProxy: proxy.http ?? '',
    httpsProxy: proxy.https ?? '',
    noProxy: proxy.noProxy ?? '',
    requestTls: connect,
    proxyTls: connect,
  });
}
