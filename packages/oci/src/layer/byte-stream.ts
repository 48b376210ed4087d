/** Bytes as they come. Consumed once. */
export type ByteStream = AsyncIterable<Uint8Array>;

/** All of a stream in one piece; for content that is known to be small. */
export async function collectBytes(stream: ByteStream | Iterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

/** A stream of what is at hand already. */
export async function* streamOf(bytes: Uint8Array): ByteStream {
  yield bytes;
}
