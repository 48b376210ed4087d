import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { GzipMember } from '@catamaran/oci';
import type { Cache } from '../cache/cache.ts';
import { gunzipStream } from '../gunzip-stream.ts';

const none = new Uint8Array();
/** What is read at once; larger ones are streamed, twice. */
const smallMemberBytes = 1024 * 1024;
const kind = 'members';

/**
 * A member that the cache has, as the pieces that make up a layer: undefined when it is not there, or damaged, as far
 * as can be told before it is read.
 * @throws DamagedMember from among the pieces, once what is damaged has been removed
 */
export async function keptMember(key: string, cache: Cache): Promise<AsyncIterable<GzipMember> | undefined> {
  const sizeBytes = await cache.sizeOf(kind, key);
  if (sizeBytes === undefined) return undefined;
  if (sizeBytes > smallMemberBytes) return streamed(key, cache);
  const compressed = await cache.getBytes(kind, key);
  const uncompressed = compressed && (await promisify(gunzip)(compressed).catch(() => undefined));
  return uncompressed && pieces([{ compressed, uncompressed }]);
}

/** A member whose checksum does not hold, after the layer has got some of it: the layer is begun anew, without it. */
export class DamagedMember extends Error {}

export async function* pieces(members: readonly GzipMember[]): AsyncIterable<GzipMember> {
  yield* members;
}

async function* streamed(key: string, cache: Cache): AsyncIterable<GzipMember> {
  for await (const compressed of cache.readStream(kind, key)) yield { compressed, uncompressed: none };
  try {
    const uncompressed = gunzipStream(cache.readStream(kind, key));
    for await (const chunk of uncompressed) yield { compressed: none, uncompressed: chunk };
  } catch (cause) {
    await cache.remove(kind, key);
    throw new DamagedMember(`the package kept as ${key} is damaged`, { cause });
  }
}

/** Passes on what is made while it is written to the cache, which has it only when it is whole. */
export async function* keeping(
  members: AsyncIterable<GzipMember>,
  key: string,
  cache: Cache,
): AsyncIterable<GzipMember> {
  await using writer = await cache.writeStream(kind, key);
  for await (const member of members) {
    await writer.write(member.compressed);
    yield member;
  }
  await writer.commit();
}
