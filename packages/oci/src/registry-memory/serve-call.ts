import type { IncomingHttpHeaders } from 'node:http';
import type { ByteStream } from '../layer/byte-stream.ts';
import { checkEntry, type Entry } from './authorization.ts';
import type { Answer, Call } from './call.ts';
import { checkName } from './names.ts';
import { notFound } from './not-found.ts';
import { Refusal } from './refusal.ts';
import type { RegistryState } from './registry-state.ts';
import { type Route, routes } from './routes.ts';

/** A request before it is known what it is for. */
export interface Arrival {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: ByteStream;
}

/** Where an address leads to in the registry. */
export interface Destination {
  readonly route: Route;
  readonly name: string;
  readonly reference: string;
}

/** @throws Refusal */
export async function serveCall(registry: RegistryState, arrival: Arrival): Promise<Answer> {
  const { method, url } = arrival;
  if (registry.tokens && url.pathname === '/token') return registry.tokens.answer(arrival);
  const destination = destinationOf(url);
  if (!destination && !/^\/v2\/?$/.test(url.pathname)) return notFound();
  checkEntry(registry, entryOf(arrival, destination));
  if (!destination) return supported(method);
  const { route, name, reference } = destination;
  const handler = Object.hasOwn(route.methods, method) ? route.methods[method] : undefined;
  if (!handler) throw unsupported();
  const call: Call = { ...arrival, registry, name, reference };
  return handler(call);
}

export function destinationOf({ pathname }: URL): Destination | undefined {
  const path = decoded(pathname);
  for (const route of routes) {
    const found = route.pattern.exec(path);
    if (found) return { route, name: found[1] ?? '', reference: found[2] ?? '' };
  }
  return undefined;
}

/** @throws Refusal when a name is none */
export function entryOf(
  { method, url, headers }: Omit<Arrival, 'body'>,
  destination: Destination | undefined,
): Entry {
  const from = url.searchParams.has('mount') ? url.searchParams.get('from') : null;
  return {
    method,
    authorization: headers.authorization,
    repository: destination && checkName(destination.name),
    from: from === null ? null : checkName(from),
  };
}

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#determining-support */
function supported(method: string): Answer {
  if (method !== 'GET' && method !== 'HEAD') throw unsupported();
  return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from('{}') };
}

function unsupported(): Refusal {
  return new Refusal(405, 'UNSUPPORTED', 'The operation is unsupported.');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
