import type { Context } from '../../context/context.ts';
import { ociErrors } from '../../errors/errors.ts';
import type { ByteStream } from '../../layer/byte-stream.ts';
import type { Descriptor } from '../../model/descriptor.ts';
import { quotable } from '../../model/quotable.ts';
import { registryErrors } from '../errors.ts';
import type { Answer } from '../http/answer.ts';
import { isTransient } from '../http/patience.ts';
import { transportError } from '../http/transport.ts';
import { pathOf, pullScope, type Repository } from '../repository.ts';

/** Answers that end early, in a row and without a byte in between. */
const maxBreaks = 3;

/**
 * A blob's bytes, from `startBytes` on. Where the connection breaks, reading goes on from there.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-blobs
 * @throws CATA_SIZE_MISMATCH when there is more than the descriptor says, or less, CATA_REGISTRY_…
 */
export async function* openBlob(
  repository: Repository,
  descriptor: Descriptor,
  startBytes: number,
  ctx: Context,
): ByteStream {
  const { connection } = repository;
  const { registry } = connection;
  let atBytes = startBytes;
  for (let breaks = 0; atBytes < descriptor.size || (atBytes === 0 && breaks === 0); ) {
    const answer = await requestFrom(repository, descriptor, atBytes, ctx);
    let cause: unknown;
    try {
      for await (const chunk of bodyFrom(answer, repository, descriptor, atBytes)) {
        atBytes += chunk.byteLength;
        breaks = 0;
        yield chunk;
      }
    } catch (error) {
      cause = transportError(registry, error, ctx);
      if (!isTransient(cause)) throw cause;
    } finally {
      answer.body.on('error', () => {}).destroy();
    }
    if (atBytes === descriptor.size) return;
    breaks += 1;
    // An end that comes too early may be a connection that broke, or all that there is.
    if (!cause && (answer.status === 416 || breaks > maxBreaks))
      throw mismatch(atBytes, descriptor, registry);
    await connection
      .pause(breaks, brokeOff(descriptor, atBytes, registry, cause), ctx)
      .catch((error: unknown) => {
        ctx.signal.throwIfAborted();
        throw cause ? error : mismatch(atBytes, descriptor, registry);
      });
  }
}

function requestFrom(
  repository: Repository,
  { digest }: Descriptor,
  atBytes: number,
  ctx: Context,
): Promise<Answer> {
  return repository.connection.request(
    {
      method: 'GET',
      target: pathOf(repository, `blobs/${digest}`),
      scopes: pullScope(repository),
      // Nothing may compress it on the way: its digest is that of these bytes.
      headers: { 'accept-encoding': 'identity', ...(atBytes > 0 ? { range: `bytes=${atBytes}-` } : {}) },
      // 416 where there is no more.
      expected: atBytes > 0 ? [200, 206, 416] : [200],
    },
    ctx,
  );
}

/** The part of the answer that is wanted: a registry may send all of it again. */
async function* bodyFrom(
  answer: Answer,
  repository: Repository,
  descriptor: Descriptor,
  atBytes: number,
): ByteStream {
  if (answer.status === 416) return;
  const { size } = descriptor;
  const { registry } = repository.connection;
  const firstBytes = answer.status === 206 ? firstOf(answer, registry) : 0;
  const announced = Number(answer.headers['content-length'] ?? Number.NaN);
  if (announced + firstBytes > size) throw mismatch(announced + firstBytes, descriptor, registry);
  let positionBytes = firstBytes;
  for await (const received of answer.body) {
    const chunk = received as Uint8Array;
    const skipBytes = Math.max(0, atBytes - positionBytes);
    positionBytes += chunk.byteLength;
    if (positionBytes > size) throw mismatch(`more than ${size}`, descriptor, registry);
    if (skipBytes < chunk.byteLength) yield skipBytes === 0 ? chunk : chunk.subarray(skipBytes);
  }
}

/** RFC 9110 § 14.4. */
function firstOf({ headers, url }: Answer, registry: string): number {
  const range = headers['content-range'] ?? '';
  const first = /^bytes (\d{1,15})-\d+\/(?:\d+|\*)$/.exec(range)?.[1];
  if (first !== undefined) return Number(first);
  throw registryErrors.CATA_REGISTRY_REFUSED({
    registry,
    method: 'GET',
    path: url.pathname,
    answer: `206 with the Content-Range "${quotable(range, 80)}"`,
  });
}

function brokeOff({ digest, size }: Descriptor, atBytes: number, registry: string, cause: unknown): Error {
  const reason = `${digest} broke off after ${atBytes} of ${size} bytes`;
  return registryErrors.CATA_REGISTRY_UNREACHABLE({ registry, reason }, { cause });
}

function mismatch(actual: number | string, { digest, size }: Descriptor, registry: string): Error {
  return ociErrors.CATA_SIZE_MISMATCH({
    subject: `The blob ${digest} in ${registry}`,
    actual,
    expected: size,
  });
}
