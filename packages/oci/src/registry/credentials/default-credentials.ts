import { join } from 'node:path';
import { sharedLookup } from '../../context/shared-lookup.ts';
import { ecrCredentials } from '../ecr/ecr-credentials.ts';
import { parseAuthFile } from './auth-file.ts';
import { authFileCredentials } from './auth-file-credentials.ts';
import { askHelper, type HelperQuestion } from './credential-helper.ts';
import type { CredentialEnvironment, CredentialSource } from './credentials.ts';
import { readAuthFile } from './read-auth-file.ts';
import { variableCredentials } from './variable-credentials.ts';

export type { CredentialEnvironment } from './credentials.ts';

/**
 * Where a person who works with registries has already logged in. In this order, the first that knows one:
 * the variables CATAMARAN_REGISTRY, CATAMARAN_REGISTRY_USERNAME and CATAMARAN_REGISTRY_PASSWORD (for that one
 * registry); DOCKER_AUTH_CONFIG, the text of a config.json; REGISTRY_AUTH_FILE, or else Podman's files; Docker's
 * config.json; for Amazon ECR, AWS credentials. What was found is remembered for the life of the source.
 * @throws CATA_CREDENTIAL_… for what is there and cannot be used; CATA_AWS_… and CATA_ECR_… for Amazon ECR
 */
export function defaultCredentials(environment: CredentialEnvironment): CredentialSource {
  const { variables } = environment;
  const ask = rememberedHelpers(variables);
  const readOnce = sharedLookup({
    keyOf: (path: string) => path,
    look: (path, ctx) => readAuthFile(path, ctx.signal),
  });
  const text = variables.DOCKER_AUTH_CONFIG;
  const place = 'the variable DOCKER_AUTH_CONFIG';
  const sources = [
    variableCredentials(variables),
    ...(text ? [authFileCredentials({ place, ask, read: async () => parseAuthFile(text, place) })] : []),
    ...authFiles(environment).map((path) =>
      authFileCredentials({ place: `"${path}"`, ask, read: (ctx) => readOnce(path, ctx) }),
    ),
    ecrCredentials(environment),
  ];
  return {
    async find(registry, repository, ctx) {
      for (const source of sources) {
        const credential = await source.find(registry, repository, ctx);
        if (credential) return credential;
      }
      return undefined;
    },
  };
}

/** https://github.com/containers/image/blob/v5.36.2/docs/containers-auth.json.5.md#description */
function authFiles({ variables, homeFolder }: CredentialEnvironment): readonly string[] {
  const runtimeFolder = variables.XDG_RUNTIME_DIR;
  const configFolder = variables.XDG_CONFIG_HOME || join(homeFolder, '.config');
  const podman = [
    ...(runtimeFolder ? [join(runtimeFolder, 'containers', 'auth.json')] : []),
    join(configFolder, 'containers', 'auth.json'),
  ];
  return [
    ...(variables.REGISTRY_AUTH_FILE ? [variables.REGISTRY_AUTH_FILE] : podman),
    join(variables.DOCKER_CONFIG || join(homeFolder, '.docker'), 'config.json'),
  ];
}

/** A helper may be slow, or ask a person to unlock something: once for each registry, whoever names it. */
function rememberedHelpers(variables: CredentialEnvironment['variables']) {
  return sharedLookup({
    keyOf: ({ name, registry }: HelperQuestion) => `${name} ${registry}`,
    look: (question, ctx) => askHelper(question, { variables }, ctx),
  });
}
