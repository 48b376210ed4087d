import { registryErrors } from '../errors.ts';
import type { Answer } from './answer.ts';
import { shownAddress } from './shown-address.ts';

const quotedString = '"(?:[^"\\\\]|\\\\.)*"';
const parameter = `\\s*;\\s*[\\w*-]+(?:\\s*=\\s*(?:${quotedString}|[^\\s;,"]*))?`;

/**
 * Where a list goes on, by `Link: <…>; rel="next"` (RFC 8288); undefined at its end.
 * @throws CATA_REGISTRY_REDIRECT when that is another server
 */
export function nextPage({ headers, url }: Answer, registry: string): URL | undefined {
  const location = linkOf(headers.link ?? '', 'next');
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

/** The target of the first link with this relation. */
function linkOf(header: string, relation: string): string | undefined {
  for (const [, target, parameters = ''] of header.matchAll(
    new RegExp(`<([^<>]*)>((?:${parameter})*)`, 'g'),
  )) {
    for (const [whole] of parameters.matchAll(new RegExp(parameter, 'g'))) {
      const relations = /^[\s;]*rel\s*=\s*"?([^"]*)/i.exec(whole)?.[1] ?? '';
      if (relations.toLowerCase().split(/\s+/).includes(relation)) return target;
    }
  }
  return undefined;
}
