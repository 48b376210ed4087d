import type { Blob } from '../../content/blob.ts';
import type { ByteStream } from '../../layer/byte-stream.ts';

/**
 * Reads a blob part by part, going on where the last part ended, and opens it anew only where that is not where the
 * next one begins.
 */
export class BlobCursor implements AsyncDisposable {
  readonly #blob: Blob;
  #source: AsyncIterator<Uint8Array> | undefined;
  #atBytes = 0;
  #rest: Uint8Array | undefined;
  /** What reading failed with: it is the source's fault then, and not the registry's. */
  failure: unknown;

  constructor(blob: Blob) {
    this.#blob = blob;
  }

  async *read(startBytes: number, sizeBytes: number): ByteStream {
    try {
      if (!this.#source || this.#atBytes !== startBytes) await this.#open(startBytes);
      for (let leftBytes = sizeBytes; leftBytes > 0; ) {
        const chunk = await this.#next();
        if (!chunk) return;
        const taken = chunk.byteLength > leftBytes ? chunk.subarray(0, leftBytes) : chunk;
        this.#rest = taken === chunk ? undefined : chunk.subarray(leftBytes);
        leftBytes -= taken.byteLength;
        this.#atBytes += taken.byteLength;
        yield taken;
      }
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#source?.return?.(undefined).catch(() => {});
    this.#source = undefined;
  }

  async #open(startBytes: number): Promise<void> {
    await this[Symbol.asyncDispose]();
    this.#source = this.#blob.open(startBytes)[Symbol.asyncIterator]();
    this.#atBytes = startBytes;
    this.#rest = undefined;
  }

  async #next(): Promise<Uint8Array | undefined> {
    if (this.#rest) return this.#rest;
    const next = await this.#source?.next();
    return next?.done ? undefined : next?.value;
  }
}
