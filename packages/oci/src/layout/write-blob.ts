import { type FileHandle, open } from 'node:fs/promises';
import { ociErrors } from '../errors/errors.ts';
import type { ByteStream } from '../layer/byte-stream.ts';
import { type Digest, Digester } from '../model/digest.ts';
import type { WrittenBlob } from './blob-store.ts';

/** What is known of a blob before it comes. */
export interface ExpectedBlob {
  readonly digest: Digest;
  readonly sizeBytes: number | undefined;
}

/** Chunks as they come from the network are small; each write costs a turn of the thread pool. */
const writeAtOnceBytes = 1024 * 1024;

/**
 * Writes a new file. What is too long is refused at the first byte too many: the sender may have no end in mind.
 * @throws CATA_SIZE_MISMATCH, CATA_DIGEST_MISMATCH when it is not what was expected; the file is then to be removed
 */
export async function writeBlob(
  path: string,
  content: ByteStream | Iterable<Uint8Array>,
  signal: AbortSignal,
  expected: ExpectedBlob | undefined,
): Promise<WrittenBlob> {
  const digester = new Digester();
  const maxBytes = expected?.sizeBytes ?? Number.POSITIVE_INFINITY;
  const handle = await open(path, 'wx');
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  const flush = async () => {
    if (waiting.length > 0) await writeAll(handle, waiting);
    waiting = [];
    waitingBytes = 0;
  };
  try {
    for await (const chunk of content) {
      signal.throwIfAborted();
      digester.update(chunk);
      if (digester.sizeBytes > maxBytes) throw sizeMismatch(`more than ${maxBytes}`, expected);
      waiting.push(chunk);
      waitingBytes += chunk.byteLength;
      if (waitingBytes >= writeAtOnceBytes) await flush();
    }
    await flush();
  } finally {
    await handle.close();
  }
  const { sizeBytes } = digester;
  const digest = digester.digest();
  requireExpected({ digest, sizeBytes }, expected);
  return { digest, sizeBytes };
}

function requireExpected({ digest, sizeBytes }: WrittenBlob, expected: ExpectedBlob | undefined): void {
  if (!expected) return;
  if (expected.sizeBytes !== undefined && sizeBytes !== expected.sizeBytes)
    throw sizeMismatch(sizeBytes, expected);
  if (digest !== expected.digest)
    throw ociErrors.CATA_DIGEST_MISMATCH({ subject: 'A blob', actual: digest, expected: expected.digest });
}

function sizeMismatch(actual: number | string, expected: ExpectedBlob | undefined): Error {
  const subject = `The blob ${expected?.digest}`;
  return ociErrors.CATA_SIZE_MISMATCH({ subject, actual, expected: expected?.sizeBytes ?? '' });
}

/** `writev` may write less than all when the disk is full or a signal comes; the rest is written, or fails. */
async function writeAll(handle: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  const { bytesWritten } = await handle.writev(chunks);
  const sizeBytes = chunks.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (bytesWritten < sizeBytes) await handle.writeFile(Buffer.concat(chunks).subarray(bytesWritten));
}
