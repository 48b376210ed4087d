/** A session in which a blob comes in. */
export class Upload {
  readonly id: string;
  readonly repository: string;
  /** The values of `_state` that were given out for it. */
  readonly states = new Set<string>();
  /** Where a part begins that is too small for another one to follow. */
  shortPartAt: number | undefined;
  /** How much the first part brought. */
  firstPartBytes: number | undefined;
  #chunks: Uint8Array[] = [];
  #sizeBytes = 0;

  constructor(id: string, repository: string) {
    this.id = id;
    this.repository = repository;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  append(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#sizeBytes += chunk.byteLength;
  }

  /** Forgets what comes after so many bytes. */
  truncate(sizeBytes: number): void {
    this.#chunks = [this.bytes().subarray(0, sizeBytes)];
    this.#sizeBytes = Math.min(sizeBytes, this.#sizeBytes);
    if (this.shortPartAt !== undefined && sizeBytes <= this.shortPartAt) this.shortPartAt = undefined;
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#chunks, this.#sizeBytes);
  }
}
