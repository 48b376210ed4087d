import { isLoopback } from './loopback.ts';

/** A registry as it is spoken to, and what the user lets do without TLS. */
export interface PlainHttpRules {
  /** With scheme. */
  readonly origin: string;
  /** Registries, as `host:port`. */
  readonly plainHttp: readonly string[];
}

/**
 * Whether it may be gone, without TLS, to where a registry points. Who is on loopback was found to speak no TLS, and not
 * allowed to by anybody: such a registry cannot let what leaves this machine do without.
 */
export function mayBePlain(url: URL, { origin, plainHttp }: PlainHttpRules): boolean {
  const isAllowed = (other: string) =>
    plainHttp.some((host) => URL.parse(`http://${host}`)?.origin === other);
  return (
    url.protocol === 'http:' &&
    origin.startsWith('http:') &&
    (url.origin === origin || isLoopback(url.host) || (isAllowed(origin) && isAllowed(url.origin)))
  );
}
