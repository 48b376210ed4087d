import { registryErrors } from '../errors.ts';
import { shownAddress } from '../http/shown-address.ts';
import type { Challenge } from './challenge.ts';

/**
 * The realm of a Bearer challenge. Credentials will go there: it has to be as safe as the registry is.
 * @throws CATA_REGISTRY_CHALLENGE
 */
export function realmOf(
  challenge: Challenge,
  { registry, plainHttp }: { readonly registry: string; readonly plainHttp: boolean },
): URL {
  const text = challenge.parameters.get('realm') ?? '';
  const unusable = (reason: string) => registryErrors.CATA_REGISTRY_CHALLENGE({ registry, reason });
  if (!URL.canParse(text)) throw unusable(`its realm is "${shownAddress(text)}", which is no address`);
  const realm = new URL(text);
  const isSafe = realm.protocol === 'https:' || (realm.protocol === 'http:' && plainHttp);
  if (!isSafe) throw unusable(`its realm "${shownAddress(text)}" would have credentials sent without TLS`);
  return realm;
}
