import type { Context } from '../../context/context.ts';
import { registryErrors } from '../errors.ts';
import type { Answer } from './answer.ts';
import { transportError } from './transport.ts';

/** What an answer that is to be small may have at most. */
export interface AnswerLimit {
  readonly maxBytes: number;
  /** The error for one that is larger; CATA_REGISTRY_REFUSED unless given. */
  tooLarge?(sizeBytes: string): Error;
}

/**
 * All of an answer that is to be small. Nothing is read of one that says itself that it is not.
 * @throws CATA_REGISTRY_REFUSED when it is not, CATA_REGISTRY_UNREACHABLE when it breaks off
 */
export async function readBounded(
  { body, headers, status, url }: Answer,
  { maxBytes, tooLarge }: AnswerLimit,
  registry: string,
  ctx: Context,
): Promise<Uint8Array> {
  const refuse = (sizeBytes: string) => {
    const refused = {
      registry,
      method: 'GET',
      path: url.pathname,
      answer: `${status} with ${sizeBytes} bytes`,
    };
    return tooLarge?.(sizeBytes) ?? registryErrors.CATA_REGISTRY_REFUSED(refused);
  };
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    const announced = Number(headers['content-length'] ?? 0);
    if (announced > maxBytes) throw refuse(String(announced));
    for await (const chunk of body) {
      sizeBytes += (chunk as Uint8Array).byteLength;
      if (sizeBytes > maxBytes) throw refuse(`more than ${maxBytes}`);
      chunks.push(chunk as Uint8Array);
    }
  } catch (cause) {
    throw transportError(registry, cause, ctx);
  } finally {
    body.on('error', () => {}).destroy();
  }
  return Buffer.concat(chunks);
}
