// biome-ignore lint/correctness/noUndeclaredDependencies: for tests only, and those have it from the root.
import { onTestFinished } from 'vitest';
import { systemClock } from '../context/clock.ts';
import { defaultCredentials } from '../registry/credentials/default-credentials.ts';
import type { RegistryOptions } from '../registry/registry-options.ts';
import type { MemoryRegistry, MemoryRegistryOptions } from '../registry-memory/index.ts';
import { startedRegistry } from '../registry-memory/testing/started-registry.ts';
import { makeCertificate } from './certificate.ts';
import { type ConnectProxy, type ConnectProxyOptions, startConnectProxy } from './connect-proxy.ts';
import type { EcrApi, EcrApiOptions } from './ecr-api/ecr-api.ts';
import { testKey } from './ecr-api/signature.ts';
import { startEcrApi } from './ecr-api/start-ecr-api.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface StartedEcrOptions {
  readonly api?: Pick<EcrApiOptions, 'deny' | 'tokenLifetimeMs'>;
  readonly registry?: Pick<MemoryRegistryOptions, 'faults' | 'quirks'>;
  readonly proxy?: Pick<ConnectProxyOptions, 'login'>;
  /** Milliseconds since 1970-01-01 UTC, of AWS. By default the system's. */
  readonly now?: () => number;
}

/** Amazon ECR: its API, and its registry behind the host name that it would have. */
export interface StartedEcr {
  /** "123456789012.dkr.ecr.eu-west-1.amazonaws.com" */
  readonly host: string;
  readonly api: EcrApi;
  readonly registry: MemoryRegistry;
  readonly proxy: ConnectProxy;
  /** For a store that enters with AWS credentials and creates what is missing. Waits between attempts are short. */
  readonly options: RegistryOptions;
}

/** All gone when the test has finished. Needs `openssl`. */
export async function startedEcr({ api, registry, proxy, now }: StartedEcrOptions = {}): Promise<StartedEcr> {
  const nowMs = now ?? systemClock.now;
  const lifetimeMs = api?.tokenLifetimeMs ?? 12 * 3_600_000;
  // Another one with each lifetime since 1970; the registry is opened by the present one only.
  const password = () => `ecr-password-${Math.floor(nowMs() / lifetimeMs)}`;
  let created: (name: string) => void = () => {};
  const ecrApi = await startEcrApi({
    ...api,
    region: 'eu-west-1',
    password,
    now: nowMs,
    onRepositoryCreated: ({ name }) => created(name),
  });
  onTestFinished(() => ecrApi[Symbol.asyncDispose]());
  const certificate = makeCertificate(ecrApi.registry);
  const auth = { kind: 'basic', username: 'AWS' } as const;
  const memory = await startedRegistry({
    ...registry,
    quirks: { ecr: true, ...registry?.quirks },
    tls: certificate,
    clock: { now: nowMs },
    auth: Object.defineProperty({ ...auth, password: '' }, 'password', { get: password }),
  });
  created = (name) => memory.createRepository(name);
  const routes = new Map([[`${ecrApi.registry}:443`, memory.address]]);
  const connectProxy = await startConnectProxy({ routes, ...proxy });
  const environment = {
    variables: {
      AWS_ENDPOINT_URL_ECR: ecrApi.endpoint,
      AWS_ACCESS_KEY_ID: testKey.accessKeyId,
      AWS_SECRET_ACCESS_KEY: testKey.secretAccessKey,
    },
    homeFolder: temporaryFolder(),
  };
  return {
    host: ecrApi.registry,
    api: ecrApi,
    registry: memory,
    proxy: connectProxy,
    options: {
      credentials: defaultCredentials(environment),
      ca: [certificate.cert],
      proxy: { https: `http://${connectProxy.address}` },
      ecr: {
        settings: { immutableTags: true, scanOnPush: true, expireUntaggedAfterDays: 14 },
        environment,
      },
      retry: { firstWaitMs: 10 },
    },
  };
}
