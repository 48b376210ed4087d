import type { Context } from '../../context/context.ts';
import { sharedLookup } from '../../context/shared-lookup.ts';
import { decodeAuth } from '../credentials/auth-entry.ts';
import type { Credential, CredentialEnvironment, CredentialSource } from '../credentials/credentials.ts';
import { callEcr } from './ecr-client.ts';
import { type EcrHost, parseEcrHost } from './ecr-host.ts';
import { ecrErrors } from './errors.ts';

interface Token {
  readonly credential: Credential;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly expiresAt: number;
}

/** A push may begin with it and should not end without it. */
const reserveMs = 5 * 60_000;
const action = 'ecr:GetAuthorizationToken';

/**
 * AWS credentials, from where the AWS tools find them, exchanged for a password of Amazon ECR. One serves all
 * registries of its region and is used until five minutes before it expires. Other registries: undefined.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html
 * @throws CATA_AWS_CLIENT_MISSING, CATA_AWS_CREDENTIALS_MISSING, CATA_AWS_CREDENTIALS_EXPIRED,
 * CATA_AWS_CREDENTIALS_REFUSED, CATA_ECR_ACCESS_DENIED, CATA_ECR_UNREACHABLE, CATA_ECR_FAILED
 */
export function ecrCredentials({ variables }: CredentialEnvironment): CredentialSource {
  const token = sharedLookup({
    keyOf: ({ host }: { readonly host: EcrHost; readonly registry: string }) =>
      `${host.region} ${host.isFips} ${host.isDualStack}`,
    look: ({ host, registry }, ctx) => requestToken(registry, host, variables, ctx),
    isFresh: ({ expiresAt }, ctx) => ctx.clock.now() < expiresAt - reserveMs,
  });
  return {
    async find(registry, _repository, ctx) {
      const host = parseEcrHost(registry);
      return host ? (await token({ host, registry }, ctx)).credential : undefined;
    },
  };
}

async function requestToken(
  registry: string,
  host: EcrHost,
  variables: CredentialEnvironment['variables'],
  ctx: Context,
): Promise<Token> {
  const call = { registry, host, variables, action, resource: '*' };
  const answer = await callEcr(call, ctx, (client, sdk, options) =>
    client.send(new sdk.GetAuthorizationTokenCommand({}), options),
  );
  const [data] = answer.authorizationData ?? [];
  const credential = decodeAuth(data?.authorizationToken ?? '');
  if (!credential) {
    throw ecrErrors.CATA_ECR_FAILED({ action, resource: '*', reason: 'its answer holds no password' });
  }
  return { credential, expiresAt: data?.expiresAt?.getTime() ?? ctx.clock.now() };
}
