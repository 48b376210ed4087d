import { Agent, type Dispatcher, EnvHttpProxyAgent, interceptors } from 'undici';
import type { Connection } from './download.ts';

// By itself, for who downloads something: most builds have all that they need, and undici takes its time to load.
export { request } from 'undici';

// Some mirrors send each file's reader to another that is near; what comes is verified all the same.
// HTTP/1.1: over HTTP/2, undici 8.12 may never hear of a connection that was reset.
const patience = { connectTimeout: 10_000, headersTimeout: 30_000, bodyTimeout: 60_000, allowH2: false };
const followed = interceptors.redirect({ maxRedirections: 5 });
const agent = new Agent(patience).compose(followed);
const others = new Map<string, Dispatcher>();

export function dispatcherFor(connection: Connection | undefined): Dispatcher {
  if (!connection || isPlain(connection)) return agent;
  const key = JSON.stringify(connection);
  const found = others.get(key) ?? dispatcherOf(connection);
  others.set(key, found);
  return found;
}

function isPlain({ proxies, ca, strictTls }: Connection): boolean {
  return !proxies.http && !proxies.https && ca === undefined && strictTls;
}

function dispatcherOf({ proxies: { http, https, except }, ca, strictTls }: Connection): Dispatcher {
  const tls = { rejectUnauthorized: strictTls, ...(ca === undefined ? {} : { ca: [ca].flat() }) };
  const options = { ...patience, connect: tls, requestTls: tls, proxyTls: tls };
  return new EnvHttpProxyAgent({ ...options, httpProxy: http, httpsProxy: https, noProxy: except }).compose(
    followed,
  );
}
