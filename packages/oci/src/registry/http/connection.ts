import type { Dispatcher } from 'undici';
import type { Context } from '../../context/context.ts';
import { sharedLookup } from '../../context/shared-lookup.ts';
import { createAuthorizer } from '../auth/authorizer.ts';
import type { RegistryOptions } from '../registry-options.ts';
import type { RepositoryName } from '../repository-name.ts';
import type { Answer } from './answer.ts';
import { authorizedExchange, type Entrance } from './authorized-exchange.ts';
import { registryDispatcher } from './dispatcher.ts';
import { findOrigin } from './origin.ts';
import { patience } from './patience.ts';
import { type AnswerLimit, readBounded } from './read-bounded.ts';
import type { RegistryRequest } from './registry-request.ts';
import { drain } from './transport.ts';

/** How one registry is spoken to: with its scheme, credentials, redirects and patience. */
export interface Connection {
  readonly registry: string;
  /** @throws CATA_REGISTRY_… */
  request(request: RegistryRequest, ctx: Context): Promise<Answer>;
  /** As `request`, with all of an answer that is to be small: one that breaks off is asked for again. */
  read(request: RegistryRequest, limit: AnswerLimit, ctx: Context): Promise<ReadAnswer>;
  /** Finds out whether it is a registry, and what it wants to know. https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#determining-support */
  ping(ctx: Context): Promise<void>;
  /** Waits after a failure in something that may not simply be sent again. @throws the error, when it is not worth another try */
  pause(failures: number, error: unknown, ctx: Context): Promise<void>;
  close(): Promise<void>;
}

interface ReadAnswer {
  readonly answer: Answer;
  readonly bytes: Uint8Array;
}

export function openConnection(
  { registry, host }: Pick<RepositoryName, 'registry' | 'host'>,
  options: RegistryOptions,
): Connection {
  let dispatcher: Promise<Dispatcher> | undefined;
  const patient = patience(options.retry, options.random);
  const entrance = sharedLookup<undefined, Entrance>({
    keyOf: () => host,
    look: async (_, ctx) => {
      const { plainHttp = [] } = options;
      dispatcher ??= registryDispatcher(host, options);
      const opened = await dispatcher;
      const origin = await findOrigin(host, plainHttp, opened, ctx);
      const authorizer = createAuthorizer({
        registry,
        dispatcher: opened,
        origin,
        plainHttp,
        credential: async (repository, inner) => options.credentials?.find(registry, repository, inner),
      });
      return { registry, dispatcher: opened, origin, plainHttp, authorizer };
    },
  });

  function attempt<T>(asked: RegistryRequest, use: (answer: Answer) => T | Promise<T>, ctx: Context) {
    const work = async () => {
      const known = await entrance(undefined, ctx);
      const target = new URL(asked.target, known.origin);
      return use(await authorizedExchange(known, { ...asked, target }, ctx));
    };
    return patient.attempt(work, asked.retry ?? true, registry, ctx);
  }

  return {
    registry,
    request: (asked, ctx) => attempt(asked, (answer) => answer, ctx),
    read: (asked, limit, ctx) =>
      attempt(
        asked,
        async (answer) => ({ answer, bytes: await readBounded(answer, limit, registry, ctx) }),
        ctx,
      ),
    async ping(ctx) {
      const asked = { method: 'GET', target: '/v2/', scopes: [], expected: [200] } as const;
      await attempt(asked, ({ body }) => drain(body), ctx);
    },
    pause: (failures, error, ctx) => patient.pause(failures, error, registry, ctx),
    close: async () => (await dispatcher)?.destroy(),
  };
}
