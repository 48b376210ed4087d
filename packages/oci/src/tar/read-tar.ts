import type { ByteStream } from '../layer/byte-stream.ts';
import { ByteQueue } from './byte-queue.ts';
import { ExtendedHeaders, isExtended } from './extended-header.ts';
import { isZeroBlock, readHeader, type TarHeader } from './read-header.ts';
import { blockSize } from './tar-header.ts';

/** An entry of somebody's archive, as far as Catamaran has a use for it. */
export interface ReadEntry {
  /** Without "./" before it or "/" behind it; "" is the root itself. */
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'hardlink' | 'other';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly sizeBytes: number;
  /** A symlink's text as it is; a hard link's path, cleaned as `path` is; "" for the rest. */
  readonly target: string;
  /** A file's bytes. Must be read before the next entry is asked for; what is not read is skipped. */
  content(): ByteStream;
}

/** By type flag; what is not here is a file, as the format wants it. Only files have contents. */
const types: Readonly<Record<string, ReadEntry['type']>> = {
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'other',
  '4': 'other',
  '5': 'directory',
  '6': 'other',
};

/**
 * Reads a tar archive entry by entry, in the order in which it was written. Our own reader: what reads through several
 * web streams takes longer for each entry than all that is done with it.
 * @throws Error when the archive is cut short or damaged
 */
export async function* readTar(stream: ByteStream): AsyncIterable<ReadEntry> {
  const queue = new ByteQueue(stream);
  try {
    const extended = new ExtendedHeaders();
    for (let header = await nextHeader(queue); header; header = await nextHeader(queue)) {
      if (isExtended(header)) {
        extended.add(header, await contentOf(header, queue));
        continue;
      }
      const body = new Body(extended.apply(header), queue);
      yield body.entry;
      await body.end();
    }
  } finally {
    await queue.close();
  }
}

/** Undefined at the end of the archive: two blocks of zeros, and nothing else behind them. */
async function nextHeader(queue: ByteQueue): Promise<TarHeader | undefined> {
  const block = await queue.exactly(blockSize);
  if (block.byteLength < blockSize) throw truncated();
  if (block[0] !== 0 || !isZeroBlock(block)) return readHeader(block);
  const second = await queue.exactly(blockSize);
  if (second.byteLength < blockSize) throw truncated();
  if (!isZeroBlock(second)) throw new Error('Invalid tar header.');
  while (await queue.more()) {
    if (!isZeroBlock(queue.atHand(Number.POSITIVE_INFINITY))) throw new Error('Invalid EOF.');
  }
  return undefined;
}

async function contentOf({ sizeBytes }: TarHeader, queue: ByteQueue): Promise<Uint8Array> {
  const content = await queue.exactly(sizeBytes);
  if (content.byteLength < sizeBytes || (await queue.skip(paddingBytes(sizeBytes))) > 0) throw truncated();
  return content;
}

/** What comes after a header: an entry whose content is read once, or passed over. */
class Body {
  readonly entry: ReadEntry;
  readonly #queue: ByteQueue;
  readonly #paddingBytes: number;
  #missingBytes: number;

  constructor(header: TarHeader, queue: ByteQueue) {
    const type = types[header.typeFlag] ?? (header.name.endsWith('/') ? 'directory' : 'file');
    this.#queue = queue;
    this.#missingBytes = types[header.typeFlag] === undefined ? header.sizeBytes : 0;
    this.#paddingBytes = paddingBytes(this.#missingBytes);
    this.entry = {
      path: cleanPath(header.name),
      type,
      mode: header.mode & 0o7777,
      uid: header.uid,
      gid: header.gid,
      sizeBytes: type === 'file' ? header.sizeBytes : 0,
      target: type === 'hardlink' ? cleanPath(header.linkName) : header.linkName,
      content: () => this.#content(),
    };
  }

  async *#content(): ByteStream {
    while (this.#missingBytes > 0) {
      const bytes = this.#queue.atHand(this.#missingBytes);
      if (bytes.byteLength === 0) {
        if (!(await this.#queue.more())) throw truncated();
        continue;
      }
      this.#missingBytes -= bytes.byteLength;
      yield bytes;
    }
  }

  /** Passes over what nobody read. */
  async end(): Promise<void> {
    const rest = this.#missingBytes + this.#paddingBytes;
    this.#missingBytes = 0;
    if (rest > 0 && (await this.#queue.skip(rest)) > 0) throw truncated();
  }
}

function paddingBytes(sizeBytes: number): number {
  return (blockSize - (sizeBytes % blockSize)) % blockSize;
}

function truncated(): Error {
  return new Error('Tar archive is truncated.');
}

function cleanPath(name: string): string {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  return parts.join('/');
}

/** True when a path could name something outside the folder that an archive is unpacked into. */
export function isUnsafePath(path: string): boolean {
  return path.split('/').includes('..') || path.includes('\0');
}
