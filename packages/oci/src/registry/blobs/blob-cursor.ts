import type { Blob } from '../../content/blob.ts';
import { ociErrors } from '../../errors/errors.ts';
import type { ByteStream } from '../../layer/byte-stream.ts';

/**
 * Reads a blob part by part, going on where the last part ended, and opens it anew only where that is not where the
 * next one begins.
 */
export class BlobCursor implements AsyncDisposable {
  readonly #blob: Blob;
  readonly #signal: AbortSignal;
  #source: AsyncIterator<Uint8Array> | undefined;
  #atBytes = 0;
  #rest: Uint8Array | undefined;
  /** Who reads now: one at a time. */
  #reader: symbol | undefined;
  /** What reading failed with: it is the source's fault then, and not the registry's. */
  failure: unknown;

  /** @param signal for reading ahead of what is sent */
  constructor(blob: Blob, signal: AbortSignal) {
    this.#blob = blob;
    this.#signal = signal;
  }

  /** @throws CATA_SIZE_MISMATCH when the blob ends before, and whatever reading it throws */
  async *read(startBytes: number, sizeBytes: number): ByteStream {
    // Whoever sent the part before may still wait for what comes next, though nobody will hear of it.
    const isTakenOver = this.#reader !== undefined;
    const reader = Symbol();
    this.#reader = reader;
    try {
      if (isTakenOver || !this.#source || this.#atBytes !== startBytes) this.#open(startBytes);
      for (let leftBytes = sizeBytes; leftBytes > 0; ) {
        const chunk = await this.#next();
        if (this.#reader !== reader) return;
        if (!chunk) throw this.#tooShort();
        const taken = chunk.byteLength > leftBytes ? chunk.subarray(0, leftBytes) : chunk;
        this.#rest = taken === chunk ? undefined : chunk.subarray(leftBytes);
        leftBytes -= taken.byteLength;
        this.#atBytes += taken.byteLength;
        yield taken;
        if (this.#reader !== reader) return;
      }
    } catch (error) {
      if (this.#reader === reader) this.failure = error;
      throw error;
    } finally {
      if (this.#reader === reader) this.#reader = undefined;
    }
  }

  /** Waits for the source to be closed, unless somebody still waits for its next bytes: they may never come. */
  async [Symbol.asyncDispose](): Promise<void> {
    const closing = this.#close();
    if (this.#reader === undefined) await closing;
  }

  #open(startBytes: number): void {
    void this.#close();
    this.#source = this.#blob.open(startBytes, this.#signal)[Symbol.asyncIterator]();
    this.#atBytes = startBytes;
    this.#rest = undefined;
  }

  async #close(): Promise<void> {
    const source = this.#source;
    this.#source = undefined;
    await source?.return?.(undefined).catch(() => {});
  }

  async #next(): Promise<Uint8Array | undefined> {
    if (this.#rest) return this.#rest;
    const next = await this.#source?.next();
    return next?.done ? undefined : next?.value;
  }

  #tooShort(): Error {
    const { digest, size } = this.#blob.descriptor;
    const subject = `The blob ${digest} to be pushed`;
    return ociErrors.CATA_SIZE_MISMATCH({ subject, actual: this.#atBytes, expected: size });
  }
}
