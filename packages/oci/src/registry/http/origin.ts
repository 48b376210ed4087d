import type { Dispatcher } from 'undici';
import type { Context } from '../../context/context.ts';
import { isLoopback } from './loopback.ts';
import { drain, transportError } from './transport.ts';

/** What OpenSSL says when the other side does not speak TLS. */
const notTls = new Set(['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG']);

/** What is left of a connection that the other side has closed without a word. */
const hungUp = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** On loopback, and to be asked again; whoever speaks something else may never answer. */
const answerWithinMs = 3000;

/**
 * The scheme and host of a registry, as addresses are compared: `https://a:443` is `https://a`. TLS, but for those
 * that are allowed to do without it; on loopback, what it speaks is found out, with TLS first.
 */
export async function findOrigin(
  host: string,
  plainHttp: readonly string[],
  dispatcher: Dispatcher,
  ctx: Context,
): Promise<string> {
  const plain = new URL(`http://${host}`).origin;
  if (plainHttp.includes(host)) return plain;
  const secure = new URL(`https://${host}`).origin;
  if (!isLoopback(host)) return secure;
  try {
    await ask(secure, dispatcher, ctx);
    return secure;
  } catch (cause) {
    ctx.signal.throwIfAborted();
    const { code = '' } = cause as NodeJS.ErrnoException;
    if (notTls.has(code)) return plain;
    if (hungUp.has(code) && (await answersPlainly(plain, dispatcher, ctx))) return plain;
    throw transportError(host, cause, ctx);
  }
}

/** What hangs up on a TLS hello may be anything; only what then speaks HTTP is spoken to without TLS. */
async function answersPlainly(origin: string, dispatcher: Dispatcher, ctx: Context): Promise<boolean> {
  try {
    // 400 is what servers that want TLS have for those who come without.
    return (await ask(origin, dispatcher, ctx, answerWithinMs)) !== 400;
  } catch {
    ctx.signal.throwIfAborted();
    return false;
  }
}

/** @returns the status */
async function ask(
  origin: string,
  dispatcher: Dispatcher,
  { signal }: Context,
  headersTimeout?: number,
): Promise<number> {
  const limit = headersTimeout === undefined ? {} : { headersTimeout };
  const options = { origin, path: '/v2/', method: 'GET', signal, ...limit } as const;
  const { body, statusCode } = await dispatcher.request(options);
  await drain(body);
  return statusCode;
}
