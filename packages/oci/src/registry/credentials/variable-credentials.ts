import { loginOf } from './auth-entry.ts';
import type { CredentialSource } from './credentials.ts';
import { credentialErrors } from './errors.ts';
import { canonicalRegistry, scopeOfKey } from './registry-name.ts';

/**
 * CATAMARAN_REGISTRY, CATAMARAN_REGISTRY_USERNAME and CATAMARAN_REGISTRY_PASSWORD, for that one registry: a
 * password is never shown to another.
 * @throws CATA_CREDENTIAL_VARIABLES_INCOMPLETE
 */
export function variableCredentials(
  variables: Readonly<Record<string, string | undefined>>,
): CredentialSource {
  return {
    async find(registry) {
      const wanted = variables.CATAMARAN_REGISTRY;
      const username = variables.CATAMARAN_REGISTRY_USERNAME;
      const password = variables.CATAMARAN_REGISTRY_PASSWORD;
      if (!username && !password) return undefined;
      if (wanted && hostOf(wanted) !== canonicalRegistry(registry)) return undefined;
      if (wanted && username && password) return loginOf(username, password);
      const missing = Object.entries({
        CATAMARAN_REGISTRY: wanted,
        CATAMARAN_REGISTRY_USERNAME: username,
        CATAMARAN_REGISTRY_PASSWORD: password,
      }).flatMap(([name, value]) => (value ? [] : [name]));
      throw credentialErrors.CATA_CREDENTIAL_VARIABLES_INCOMPLETE({
        registry,
        missing: missing.join(' and '),
      });
    },
  };
}

/** "ghcr.io" of "https://ghcr.io/" and "ghcr.io/owner". */
function hostOf(registry: string): string | undefined {
  return scopeOfKey(registry).split('/')[0];
}
