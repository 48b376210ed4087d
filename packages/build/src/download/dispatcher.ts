import { Agent, type Dispatcher, EnvHttpProxyAgent, interceptors } from 'undici';
import type { Proxies } from './download.ts';

// By itself, for who downloads something: most builds have all that they need, and undici takes its time to load.
export { request } from 'undici';

// Some mirrors send each file's reader to another that is near; what comes is verified all the same.
// HTTP/1.1: over HTTP/2, undici 8.12 may never hear of a connection that was reset.
const patience = { connectTimeout: 10_000, headersTimeout: 30_000, bodyTimeout: 60_000, allowH2: false };
const followed = interceptors.redirect({ maxRedirections: 5 });
const agent = new Agent(patience).compose(followed);
const proxyAgents = new Map<string, Dispatcher>();

export function dispatcherFor(proxies: Proxies | undefined): Dispatcher {
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
