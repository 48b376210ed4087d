import { gzipMember } from './gzip-member.ts';

export interface GzipMember {
  readonly uncompressed: Uint8Array;
  readonly compressed: Uint8Array;
}

/** Large enough that the split costs no compression worth speaking of, small enough to bound memory. */
const memberSizeBytes = 1024 * 1024;
/** Changes whenever the same bytes would be compressed into others: part of the key of whatever keeps them. */
export const compressionVersion = 2;
/** As many as libuv has threads for. */
const inParallel = 4;

/** Cuts a stream of bytes into pieces of a fixed size and compresses several at a time, in order. */
export async function* gzipMembers(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncIterable<GzipMember> {
  const underWay: Promise<GzipMember>[] = [];
  for await (const piece of pieces(chunks)) {
    underWay.push(gzipMember(piece).then((compressed) => ({ uncompressed: piece, compressed })));
    const first = underWay.length >= inParallel ? underWay.shift() : undefined;
    if (first) yield await first;
  }
  for (const member of underWay) yield await member;
}

async function* pieces(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let parts: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of chunks) {
    let rest = chunk;
    while (sizeBytes + rest.byteLength >= memberSizeBytes) {
      const taken = memberSizeBytes - sizeBytes;
      yield Buffer.concat([...parts, rest.subarray(0, taken)]);
      rest = rest.subarray(taken);
      parts = [];
      sizeBytes = 0;
    }
    if (rest.byteLength > 0) parts.push(rest);
    sizeBytes += rest.byteLength;
  }
  if (sizeBytes > 0) yield Buffer.concat(parts);
}
