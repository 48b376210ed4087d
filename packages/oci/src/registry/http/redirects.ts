import { registryErrors } from '../errors.ts';
import type { Answer } from './answer.ts';
import { shownAddress } from './shown-address.ts';
import { drain } from './transport.ts';

const maxRedirects = 5;
const redirecting = new Set([301, 302, 303, 307, 308]);

/**
 * Follows where a registry sends its readers, as to the bucket that holds a blob.
 * @param exchange is told whether the way has never left the server that it began at
 * @throws CATA_REGISTRY_REDIRECT
 */
export async function followRedirects(
  first: Answer,
  registry: string,
  exchange: (url: URL, isHome: boolean) => Promise<Answer>,
): Promise<Answer> {
  let answer = first;
  let isHome = true;
  for (let count = 0; redirecting.has(answer.status) && answer.headers.location !== undefined; count++) {
    await drain(answer.body);
    const path = first.url.pathname;
    const refuse = (location: string, reason: string) =>
      registryErrors.CATA_REGISTRY_REDIRECT({ registry, path, location: shownAddress(location), reason });
    const { location } = answer.headers;
    if (count === maxRedirects) throw refuse(location, `it is sent on more than ${maxRedirects} times`);
    if (!URL.canParse(location, answer.url.href)) throw refuse(location, 'that is no address');
    const next = new URL(location, answer.url);
    if (next.protocol !== 'https:' && next.protocol !== 'http:')
      throw refuse(next.href, 'that is neither HTTP nor HTTPS');
    if (next.protocol === 'http:' && answer.url.protocol === 'https:')
      throw refuse(next.href, 'that is without TLS');
    // Credentials in an address would be somebody else's.
    next.username = '';
    next.password = '';
    isHome &&= next.origin === first.url.origin;
    answer = await exchange(next, isHome);
  }
  return answer;
}
