import type { Dispatcher } from 'undici';
import type { Context } from '../../context/context.ts';
import { isLoopback } from './loopback.ts';
import { drain, transportError } from './transport.ts';

/** What OpenSSL says when the other side does not speak TLS. */
const notTls = new Set(['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG']);

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
    const { body } = await dispatcher.request({
      origin: secure,
      path: '/v2/',
      method: 'GET',
      signal: ctx.signal,
    });
    await drain(body);
    return secure;
  } catch (cause) {
    ctx.signal.throwIfAborted();
    if (notTls.has((cause as NodeJS.ErrnoException).code ?? '')) return plain;
    throw transportError(host, cause, ctx);
  }
}
