import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Context } from '../../context/context.ts';
import type { Answer } from './answer.ts';
import { followRedirects } from './redirects.ts';
import type { AddressedRequest } from './registry-request.ts';
import { transportError } from './transport.ts';

/**
 * Sends a request, and goes where its readers are sent. Credentials go with it for as long as it stays where it was
 * sent at first.
 * @param authorization the header; undefined for none
 * @throws CATA_REGISTRY_UNREACHABLE, CATA_REGISTRY_CERTIFICATE, CATA_REGISTRY_REDIRECT
 */
export async function exchange(
  dispatcher: Dispatcher,
  registry: string,
  request: AddressedRequest,
  authorization: string | undefined,
  ctx: Context,
): Promise<Answer> {
  const sendTo = (url: URL, isHome: boolean) =>
    send(dispatcher, registry, { ...request, target: url }, isHome ? authorization : undefined, ctx);
  const answer = await sendTo(request.target, true);
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  return isRead ? followRedirects(answer, registry, sendTo) : answer;
}

async function send(
  dispatcher: Dispatcher,
  registry: string,
  { method, target, headers, body, answerTimeoutMs }: AddressedRequest,
  authorization: string | undefined,
  ctx: Context,
): Promise<Answer> {
  try {
    const response = await dispatcher.request({
      method,
      origin: target.origin,
      path: `${target.pathname}${target.search}`,
      headers: { 'user-agent': 'catamaran', ...headers, ...(authorization ? { authorization } : {}) },
      // Any async iterable is sent as it comes; the types know only Node's own streams.
      body: (body?.() ?? null) as Readable | Uint8Array | null,
      signal: ctx.signal,
      ...(answerTimeoutMs === undefined ? {} : { headersTimeout: answerTimeoutMs }),
    });
    const { statusCode: status } = response;
    return { status, headers: singleHeaders(response.headers), body: response.body, url: target };
  } catch (cause) {
    throw transportError(registry, cause, ctx);
  }
}

/** Names in lower case; several of one name joined, as no header that is read here may come twice. */
function singleHeaders(headers: Dispatcher.ResponseData['headers']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const joined = Array.isArray(value) ? value.join(', ') : value;
      return joined === undefined ? [] : [[name.toLowerCase(), joined]];
    }),
  );
}
