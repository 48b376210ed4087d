import type { Project } from '@catamaran/build';
import { openCache } from '@catamaran/build/cache';
import { defaultCredentials, type RegistryStore, registryStore } from '@catamaran/oci';
import { cliErrors } from '../errors.ts';
import type { Environment } from '../process/environment.ts';
import { keptOrigins } from './kept-origins.ts';
import { readAuthorities } from './read-authorities.ts';
import type { RegistryFlags } from './registry-flags.ts';
import { usableProxy } from './usable-proxy.ts';

type EcrSettings = Project['publish']['ecr'];

/**
 * Registries, as the flags and the environment have them reached; dispose of them when done.
 * @param ecr a project's; without one, no repository is made
 * @throws CATA_CA_UNREADABLE, CATA_CA_INVALID, CATA_PROXY_INVALID, CATA_USAGE
 */
export async function openRegistries(
  { plainHttp = [], ca = [] }: RegistryFlags,
  environment: Environment,
  ecr?: EcrSettings,
): Promise<RegistryStore> {
  const { variables, homeFolder, proxy, cacheFolder } = environment;
  const credentialEnvironment = { variables, homeFolder };
  for (const host of plainHttp) requireHost(host);
  return registryStore({
    credentials: defaultCredentials(credentialEnvironment),
    plainHttp,
    ca: await readAuthorities(ca),
    proxy: usableProxy(proxy),
    origins: keptOrigins(openCache(cacheFolder)),
    ...(ecr?.createRepository
      ? { ecr: { settings: settingsOf(ecr), environment: credentialEnvironment } }
      : {}),
  });
}

function settingsOf({ immutableTags, scanOnPush, expireUntaggedAfterDays: days }: EcrSettings) {
  return { immutableTags, scanOnPush, ...(days === undefined ? {} : { expireUntaggedAfterDays: days }) };
}

/** An address or a repository would match nothing, and say nothing. */
function requireHost(text: string): void {
  if (/^(?:[\w.-]+|\[[0-9a-fA-F:]+\])(?::\d+)?$/.test(text)) return;
  const reason = `--plain-http is "${text}"; it takes a registry alone, as in registry.local:5000.`;
  throw cliErrors.CATA_USAGE({ reason });
}
