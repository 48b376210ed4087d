import type { ByteStream } from '../layer/byte-stream.ts';

/** Bytes of a stream in pieces of the size that is asked for. What is at hand is never copied, nor waited for. */
export class ByteQueue {
  readonly #source: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array();
  #at = 0;

  constructor(source: ByteStream) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Ends the stream before its end. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }

  /** At most so many bytes of those at hand; none when the next piece has to be waited for. */
  atHand(maxBytes: number): Uint8Array {
    const bytes = this.#chunk.subarray(this.#at, this.#at + maxBytes);
    this.#at += bytes.byteLength;
    return bytes;
  }

  /** Waits for bytes at hand; false at the end of the stream. */
  async more(): Promise<boolean> {
    while (this.#at >= this.#chunk.byteLength) {
      const next = await this.#source.next();
      if (next.done) return false;
      this.#chunk = next.value;
      this.#at = 0;
    }
    return true;
  }

  /** So many bytes; fewer where the stream ends. */
  async exactly(sizeBytes: number): Promise<Uint8Array> {
    const first = this.atHand(sizeBytes);
    if (first.byteLength === sizeBytes) return first;
    const pieces = [first];
    let missing = sizeBytes - first.byteLength;
    while (missing > 0 && (await this.more())) {
      const piece = this.atHand(missing);
      pieces.push(piece);
      missing -= piece.byteLength;
    }
    return Buffer.concat(pieces);
  }

  /** Passes over so many bytes. @returns how many were missing at the end of the stream */
  async skip(sizeBytes: number): Promise<number> {
    let missing = sizeBytes - this.atHand(sizeBytes).byteLength;
    while (missing > 0 && (await this.more())) missing -= this.atHand(missing).byteLength;
    return missing;
  }
}
