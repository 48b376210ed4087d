import type { ByteStream } from '@catamaran/oci';

/** What tells kinds of files apart, and all that the kernel reads of a script's first line. */
const headBytes = 512;

/** A file's content of which the beginning was read, to say whether the rest is of interest. */
export class BegunContent {
  /** The first 512 bytes or more; all of a file that has fewer. */
  readonly head: Uint8Array;
  readonly #rest: AsyncIterator<Uint8Array>;

  private constructor(head: Uint8Array, rest: AsyncIterator<Uint8Array>) {
    this.head = head;
    this.#rest = rest;
  }

  static async begin(content: ByteStream): Promise<BegunContent> {
    const rest = content[Symbol.asyncIterator]();
    let head: Uint8Array = new Uint8Array();
    while (head.byteLength < headBytes) {
      const next = await rest.next();
      if (next.done) break;
      head = head.byteLength === 0 ? next.value : Buffer.concat([head, next.value]);
    }
    return new BegunContent(head, rest);
  }

  /** From its first byte. */
  async *stream(): ByteStream {
    yield this.head;
    for (let next = await this.#rest.next(); !next.done; next = await this.#rest.next()) yield next.value;
  }

  /** To its end, whatever it says. */
  async drain(): Promise<void> {
    while (!(await this.#rest.next()).done);
  }
}
