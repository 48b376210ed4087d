import type { Context } from '../../context/context.ts';
import { registryErrors } from '../errors.ts';
import type { Answer } from './answer.ts';
import { transportError } from './transport.ts';

/**
 * All of an answer that is to be small.
 * @throws CATA_REGISTRY_REFUSED when it is not, CATA_REGISTRY_UNREACHABLE when it breaks off
 */
export async function readBounded(
  { body, status, url }: Answer,
  maxBytes: number,
  registry: string,
  ctx: Context,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of body) {
      sizeBytes += (chunk as Uint8Array).byteLength;
      if (sizeBytes > maxBytes) {
        const answer = `${status} with more than ${maxBytes} bytes`;
        throw registryErrors.CATA_REGISTRY_REFUSED({ registry, method: 'GET', path: url.pathname, answer });
      }
      chunks.push(chunk as Uint8Array);
    }
  } catch (cause) {
    throw transportError(registry, cause, ctx);
  } finally {
    body.on('error', () => {}).destroy();
  }
  return Buffer.concat(chunks);
}
