import { registryErrors } from '../errors.ts';
import { mayBePlain, type PlainHttpRules } from '../http/plain-http.ts';
import { shownAddress } from '../http/shown-address.ts';
import type { Challenge } from './challenge.ts';

/**
 * The realm of a Bearer challenge. Credentials will go there: it has to be as safe as the registry is.
 * @throws CATA_REGISTRY_CHALLENGE
 */
export function realmOf(
  challenge: Challenge,
  { registry, ...rules }: PlainHttpRules & { readonly registry: string },
): URL {
  const text = challenge.parameters.get('realm') ?? '';
  const unusable = (reason: string) => registryErrors.CATA_REGISTRY_CHALLENGE({ registry, reason });
  if (!URL.canParse(text)) throw unusable(`its realm is "${shownAddress(text)}", which is no address`);
  const realm = new URL(text);
  if (realm.protocol === 'https:' || mayBePlain(realm, rules)) return realm;
  const plain = `its realm "${shownAddress(text)}" would have credentials sent without TLS`;
  const canBeAllowed = realm.protocol === 'http:' && rules.plainHttp.length > 0;
  throw unusable(canBeAllowed ? `${plain}, and is not allowed to: --plain-http ${realm.host}` : plain);
}
