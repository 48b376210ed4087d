import type { Dispatcher } from 'undici';
import type { Context } from '../../context/context.ts';
import type { Authorizer } from '../auth/authorizer.ts';
import { parseChallenges } from '../auth/challenge.ts';
import { formatScope } from '../auth/scope.ts';
import { registryErrors } from '../errors.ts';
import { type Answer, readRefusal } from './answer.ts';
import { exchange } from './exchange.ts';
import { noteRetryAfter } from './patience.ts';
import { mayBePlain, type PlainHttpRules } from './plain-http.ts';
import { refusalError } from './refusal-error.ts';
import type { AddressedRequest } from './registry-request.ts';
import { secretsOf } from './secrets.ts';
import { shownAddress } from './shown-address.ts';
import { drain } from './transport.ts';

/** Where a registry is, and what it wants to know of those who come. */
export interface Entrance extends PlainHttpRules {
  readonly registry: string;
  readonly dispatcher: Dispatcher;
  readonly authorizer: Authorizer;
}

/** A first time without a token, and a second one with a token that has expired meanwhile. */
const maxChallenges = 2;

/**
 * Sends a request with what it takes to be let in.
 * @throws CATA_REGISTRY_… for an answer that was not expected
 */
export async function authorizedExchange(
  entrance: Entrance,
  asked: AddressedRequest,
  ctx: Context,
): Promise<Answer> {
  const { registry, dispatcher, origin, authorizer } = entrance;
  requireSafe(asked.target, entrance);
  for (let challenged = 0; ; challenged++) {
    // What the registry has sent us elsewhere for gets no credentials.
    const isOwn = asked.target.origin === origin;
    const authorization = isOwn ? await authorizer.header(asked.scopes, ctx) : undefined;
    const answer = await exchange(dispatcher, registry, asked, authorization, ctx);
    if (answer.status === 401 && challenged < maxChallenges) {
      if (await isOpened(entrance, answer, asked, authorization, ctx)) {
        await drain(answer.body);
        continue;
      }
    }
    if (asked.expected.includes(answer.status)) return answer;
    throw await refused(entrance, answer, asked, authorization, ctx);
  }
}

/**
 * Where a registry has an upload sent is given whatever the image holds. Its readers' redirects are another matter: they
 * take nothing along, and what they bring is known by its digest.
 */
function requireSafe(target: URL, entrance: Entrance): void {
  if (target.protocol === 'https:' || mayBePlain(target, entrance)) return;
  throw registryErrors.CATA_REGISTRY_REDIRECT({
    registry: entrance.registry,
    path: target.pathname,
    location: shownAddress(target.href),
    reason: 'that is without TLS, and not on this machine',
  });
}

/**
 * Whether there is something else to be let in with than what was refused. Only the registry itself is listened to: who
 * it sends its readers to could name a token service of its own, and would be given the credentials.
 */
async function isOpened(
  { authorizer, origin }: Entrance,
  answer: Answer,
  { scopes }: AddressedRequest,
  refusedAuthorization: string | undefined,
  ctx: Context,
): Promise<boolean> {
  const challenges = challengesOf(answer);
  if (answer.url.origin !== origin || challenges.length === 0) return false;
  try {
    authorizer.learn(challenges, scopes, refusedAuthorization);
    return (await authorizer.header(scopes, ctx)) !== refusedAuthorization;
  } catch (error) {
    answer.body.on('error', () => {}).destroy();
    throw error;
  }
}

async function refused(
  { registry, authorizer: { hasCredentials } }: Entrance,
  answer: Answer,
  { method, scopes, target }: AddressedRequest,
  authorization: string | undefined,
  ctx: Context,
): Promise<Error> {
  const tokenError = challengesOf(answer)
    .find(({ scheme }) => scheme === 'bearer')
    ?.parameters.get('error');
  const error = refusalError(await readRefusal(answer, secretsOf(authorization)), {
    registry,
    method,
    // What is missing was asked for here, wherever the registry keeps it.
    path: (answer.status === 404 ? target : answer.url).pathname,
    scope: scopes.map(formatScope).join(' '),
    hasCredentials,
    ...(authorization && tokenError ? { tokenError } : {}),
  });
  noteRetryAfter(error, answer.headers['retry-after'], ctx);
  return error;
}

function challengesOf({ headers }: Answer) {
  return parseChallenges(headers['www-authenticate'] ?? '');
}
