import type { ECRClient, ECRClientConfig } from '@aws-sdk/client-ecr';
import type { Context } from '../../context/context.ts';
import { unlessAborted } from '../../context/unless-aborted.ts';
import type { CredentialEnvironment } from '../credentials/credentials.ts';
import { type EcrCall, ecrFailure } from './ecr-failure.ts';
import type { EcrHost } from './ecr-host.ts';
import { ecrErrors } from './errors.ts';

type EcrSdk = typeof import('@aws-sdk/client-ecr');
type Variables = CredentialEnvironment['variables'];

/** `call` is for the errors. `send` may send several commands with the client that it is given. */
export async function callEcr<T>(
  call: EcrCall & { readonly host: EcrHost; readonly variables: Variables },
  ctx: Context,
  send: (client: ECRClient, sdk: EcrSdk, options: { readonly abortSignal: AbortSignal }) => Promise<T>,
): Promise<T> {
  ctx.signal.throwIfAborted();
  const sdk = await loadSdk(call.registry);
  const client = new sdk.ECRClient(clientConfig(call.host, call.variables));
  try {
    // The search for credentials (a token file, the machine's role) knows no signal.
    return await unlessAborted(send(client, sdk, { abortSignal: ctx.signal }), ctx.signal);
  } catch (error) {
    ctx.signal.throwIfAborted();
    throw ecrFailure(error, call);
  } finally {
    client.destroy();
  }
}

/** It is large, and only those with images in ECR need it: an optional peer dependency, loaded when needed. */
async function loadSdk(registry: string): Promise<EcrSdk> {
  try {
    return await import('@aws-sdk/client-ecr');
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND';
    throw isMissing ? ecrErrors.CATA_AWS_CLIENT_MISSING({ registry }, { cause }) : cause;
  }
}

/** What the injected variables say goes before what the SDK finds in the process's own. */
function clientConfig(host: EcrHost, variables: Variables): ECRClientConfig {
  const ignoresEndpoints = variables.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true';
  const endpoint = ignoresEndpoints ? '' : variables.AWS_ENDPOINT_URL_ECR || variables.AWS_ENDPOINT_URL;
  return {
    region: host.region,
    ...(endpoint ? { endpoint } : {}),
    // With an endpoint of one's own the SDK refuses these.
    ...(host.isFips && !endpoint ? { useFipsEndpoint: true } : {}),
    ...(host.isDualStack && !endpoint ? { useDualstackEndpoint: true } : {}),
    ...identity(variables),
    requestHandler: { connectionTimeout: 10_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
  };
}

/** A profile goes before keys, as in the SDK's own chain of providers, which is asked when there is neither. */
function identity(variables: Variables): Pick<ECRClientConfig, 'profile' | 'credentials'> {
  const profile = variables.AWS_PROFILE;
  const accessKeyId = variables.AWS_ACCESS_KEY_ID;
  const secretAccessKey = variables.AWS_SECRET_ACCESS_KEY;
  const sessionToken = variables.AWS_SESSION_TOKEN;
  if (profile) return { profile };
  if (!accessKeyId || !secretAccessKey) return {};
  return { credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) } };
}
