import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Context } from '../../context/context.ts';
import type { ByteStream } from '../../layer/byte-stream.ts';
import { type Authorizer, createAuthorizer } from '../auth/authorizer.ts';
import { parseChallenges } from '../auth/challenge.ts';
import { formatScope, type Scope } from '../auth/scope.ts';
import type { RegistryOptions } from '../registry-options.ts';
import type { RepositoryName } from '../repository-name.ts';
import { type Answer, readRefusal } from './answer.ts';
import { registryDispatcher } from './dispatcher.ts';
import { findOrigin } from './origin.ts';
import { noteRetryAfter, patience } from './patience.ts';
import { followRedirects } from './redirects.ts';
import { type RefusedRequest, refusalError } from './refusal-error.ts';
import { drain, transportError } from './transport.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface RegistryRequest {
  readonly method: Method;
  /** A path with its query, or an address that the registry has given. */
  readonly target: string | URL;
  readonly scopes: readonly Scope[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Opened anew each time that the request is sent. */
  body?(): Uint8Array | ByteStream;
  /** Statuses that are an answer; any other is an error. */
  readonly expected: readonly number[];
  /** Whether it may be sent again when it fails in a way that may pass; true unless told. */
  readonly retry?: boolean;
}

/** How one registry is spoken to: with its scheme, credentials, redirects and patience. */
export interface Connection {
  readonly registry: string;
  /** @throws CATA_REGISTRY_… */
  request(request: RegistryRequest, ctx: Context): Promise<Answer>;
  /** Finds out whether it is a registry, and what it wants to know. https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#determining-support */
  ping(ctx: Context): Promise<void>;
  /** Waits after a failure in something that may not simply be sent again. @throws the error, when it is not worth another try */
  pause(failures: number, error: unknown, ctx: Context): Promise<void>;
  close(): Promise<void>;
}

/** A first time without a token, and a second one with a token that has expired meanwhile. */
const maxChallenges = 2;

export function openConnection(
  { registry, host }: Pick<RepositoryName, 'registry' | 'host'>,
  options: RegistryOptions,
): Connection {
  const dispatcher = registryDispatcher(host, options);
  const patient = patience(options.retry);
  let found: Promise<{ readonly origin: string; readonly authorizer: Authorizer }> | undefined;

  const find = (ctx: Context) => {
    found ??= findOrigin(host, options.plainHttp ?? [], dispatcher, ctx).then(
      (origin) => ({ origin, authorizer: authorizerFor(origin) }),
      (error: unknown) => {
        found = undefined;
        throw error;
      },
    );
    return found;
  };
  const authorizerFor = (origin: string) =>
    createAuthorizer({
      registry,
      dispatcher,
      plainHttp: origin.startsWith('http:'),
      credential: async (repository, ctx) => options.credentials?.find(registry, repository, ctx),
    });

  async function request(asked: RegistryRequest, ctx: Context): Promise<Answer> {
    return patient.attempt(
      async () => {
        const { origin, authorizer } = await find(ctx);
        return authorized({ ...asked, target: new URL(asked.target, origin) }, origin, authorizer, ctx);
      },
      asked.retry ?? true,
      registry,
      ctx,
    );
  }

  async function authorized(
    asked: RegistryRequest & { readonly target: URL },
    origin: string,
    authorizer: Authorizer,
    ctx: Context,
  ): Promise<Answer> {
    for (let challenged = 0; ; challenged++) {
      const authorization = await authorizer.header(asked.scopes, ctx);
      // What the registry has sent us elsewhere for gets no credentials.
      const isOwn = asked.target.origin === origin;
      const sent = isOwn && authorization ? { authorization } : {};
      const answer = await send(asked, sent, ctx);
      const challenges = challengesOf(answer);
      if (answer.status === 401 && isOwn && challenges.length > 0 && challenged < maxChallenges) {
        authorizer.learn(challenges, asked.scopes, authorization);
        if ((await authorizer.header(asked.scopes, ctx)) !== authorization) {
          await drain(answer.body);
          continue;
        }
      }
      if (asked.expected.includes(answer.status)) return answer;
      throw await refused(answer, asked, authorization, authorizer.hasCredentials, ctx);
    }
  }

  async function send(
    { method, target, headers, body }: RegistryRequest & { readonly target: URL },
    authorization: Readonly<Record<string, string>>,
    ctx: Context,
  ): Promise<Answer> {
    const exchange = async (url: URL, more: Readonly<Record<string, string>>): Promise<Answer> => {
      try {
        const response = await dispatcher.request({
          method,
          origin: url.origin,
          path: `${url.pathname}${url.search}`,
          headers: { 'user-agent': 'catamaran', ...headers, ...more },
          // Any async iterable is sent as it comes; the types know only Node's own streams.
          body: (body?.() ?? null) as Readable | Uint8Array | null,
          signal: ctx.signal,
        });
        return {
          status: response.statusCode,
          headers: singleHeaders(response.headers),
          body: response.body,
          url,
        };
      } catch (cause) {
        throw transportError(registry, cause, ctx);
      }
    };
    const answer = await exchange(target, authorization);
    return method === 'GET' || method === 'HEAD'
      ? followRedirects(answer, registry, (url) => exchange(url, {}))
      : answer;
  }

  async function refused(
    answer: Answer,
    { method, scopes }: RegistryRequest,
    authorization: string | undefined,
    hasCredentials: boolean,
    ctx: Context,
  ): Promise<Error> {
    const scope = scopes.map(formatScope).join(' ');
    const tokenError = challengesOf(answer)
      .find(({ scheme }) => scheme === 'bearer')
      ?.parameters.get('error');
    const about: RefusedRequest = {
      registry,
      method,
      path: answer.url.pathname,
      scope,
      hasCredentials,
      ...(authorization && tokenError ? { tokenError } : {}),
    };
    const secrets = authorization ? [authorization.replace(/^\w+ /, '')] : [];
    const error = refusalError(await readRefusal(answer, secrets), about);
    noteRetryAfter(error, answer.headers['retry-after'], ctx);
    return error;
  }

  return {
    registry,
    request,
    async ping(ctx) {
      const answer = await request({ method: 'GET', target: '/v2/', scopes: [], expected: [200] }, ctx);
      await drain(answer.body);
    },
    pause: (failures, error, ctx) => patient.pause(failures, error, registry, ctx),
    close: () => dispatcher.destroy(),
  };
}

function challengesOf({ headers }: Answer) {
  return parseChallenges(headers['www-authenticate'] ?? '');
}

/** The first of each: no header that is read here may come twice. */
function singleHeaders(headers: Dispatcher.ResponseData['headers']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const joined = Array.isArray(value) ? value.join(', ') : value;
      return joined === undefined ? [] : [[name.toLowerCase(), joined]];
    }),
  );
}
