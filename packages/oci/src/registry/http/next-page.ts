import { registryErrors } from '../errors.ts';
import type { Answer } from './answer.ts';
import { shownAddress } from './shown-address.ts';

/**
 * Where a list goes on, by `Link: <…>; rel="next"` (RFC 8288); undefined at its end.
 * @throws CATA_REGISTRY_REDIRECT when that is another server
 */
export function nextPage({ headers, url }: Answer, registry: string): URL | undefined {
  const location = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(headers.link ?? '')?.[1];
  if (location === undefined) return undefined;
  const refuse = (reason: string) =>
    registryErrors.CATA_REGISTRY_REDIRECT({
      registry,
      path: url.pathname,
      location: shownAddress(location),
      reason,
    });
  if (!URL.canParse(location, url.href)) throw refuse('that is no address of a next page');
  const next = new URL(location, url);
  if (next.origin !== url.origin) throw refuse('the next page is on another server');
  return next;
}
