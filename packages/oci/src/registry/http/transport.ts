import type { Readable } from 'node:stream';
import type { Context } from '../../context/context.ts';
import { CatamaranError } from '../../errors/catamaran-error.ts';
import { messageOf } from '../../errors/message-of.ts';
import { quotable } from '../../model/quotable.ts';
import { registryErrors } from '../errors.ts';

/** Node's codes for a chain of certificates that leads nowhere, a name that is another's, a date that has passed. */
const certificateCodes = /CERT|ERR_TLS_|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)/;

/** What broke the connection, as an error that names the registry; an abort stays what it is. */
export function transportError(registry: string, cause: unknown, ctx: Context): unknown {
  if (ctx.signal.aborted) return ctx.signal.reason;
  if (cause instanceof CatamaranError) return cause;
  const { code = '' } = cause as NodeJS.ErrnoException;
  const said = messageOf(cause) || code || 'the connection broke';
  const reason = quotable(code && !said.includes(code) ? `${said} (${code})` : said);
  return certificateCodes.test(code)
    ? registryErrors.CATA_REGISTRY_CERTIFICATE({ registry, reason }, { cause })
    : registryErrors.CATA_REGISTRY_UNREACHABLE({ registry, reason }, { cause });
}

/** More of an answer that nobody wants is not read, so that the connection can be used again only when it is short. */
const drainBytes = 64 * 1024;

/** Lets go of an answer's body. */
export async function drain(body: Readable): Promise<void> {
  let seenBytes = 0;
  try {
    for await (const chunk of body) {
      seenBytes += (chunk as Uint8Array).byteLength;
      if (seenBytes > drainBytes) break;
    }
  } catch {
    // What broke it is of no interest any more.
  } finally {
    body.on('error', () => {}).destroy();
  }
}
