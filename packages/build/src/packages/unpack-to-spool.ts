import { type FileHandle, open, unlink } from 'node:fs/promises';
import type { ByteStream } from '@catamaran/oci';
import { headBytes, type PackageFile, type UnpackedPackage } from './package-file.ts';
import { tarballFiles } from './tarball-files.ts';

const readAtOnceBytes = 1024 * 1024;
const writeAtOnceBytes = 1024 * 1024;

/**
 * A package that is large, with its content one after the other in a file. The file has no name any more once it is
 * open, so that nothing is left of it, however the process ends.
 * @param path where no file is
 * @param isWanted which files are kept
 */
export async function unpackToSpool(
  tar: AsyncIterable<Uint8Array>,
  path: string,
  isWanted: (path: string) => boolean,
  signal: AbortSignal,
): Promise<UnpackedPackage> {
  const handle = await open(path, 'wx+');
  try {
    await unlink(path);
    return { ...(await spool(tar, handle, isWanted, signal)), [Symbol.asyncDispose]: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function spool(
  tar: AsyncIterable<Uint8Array>,
  handle: FileHandle,
  isWanted: (path: string) => boolean,
  signal: AbortSignal,
): Promise<Pick<UnpackedPackage, 'files' | 'isSpooled'>> {
  const files = new Map<string, PackageFile>();
  const writer = new SpoolWriter(handle);
  for await (const { path, mode, entry } of tarballFiles(tar)) {
    signal.throwIfAborted();
    if (!isWanted(path)) continue;
    const startBytes = writer.sizeBytes;
    let head: Uint8Array = new Uint8Array();
    for await (const chunk of entry.content()) {
      if (head.byteLength < headBytes) head = Buffer.concat([head, chunk.subarray(0, headBytes)]);
      await writer.write(chunk);
    }
    const sizeBytes = writer.sizeBytes - startBytes;
    const content = () => readRegion(handle, startBytes, sizeBytes);
    files.set(path, { path, mode, sizeBytes, head: head.subarray(0, headBytes), content });
  }
  await writer.flush();
  return { files: [...files.values()], isSpooled: true };
}

/** Chunks of a tar archive are small; each write costs a turn of the thread pool. */
class SpoolWriter {
  sizeBytes = 0;
  readonly #handle: FileHandle;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.byteLength;
    this.sizeBytes += chunk.byteLength;
    if (this.#waitingBytes >= writeAtOnceBytes) await this.flush();
  }

  async flush(): Promise<void> {
    const bytes = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    await this.#handle.appendFile(bytes);
  }
}

async function* readRegion(handle: FileHandle, startBytes: number, sizeBytes: number): ByteStream {
  for (let doneBytes = 0; doneBytes < sizeBytes; ) {
    const length = Math.min(readAtOnceBytes, sizeBytes - doneBytes);
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, startBytes + doneBytes);
    if (bytesRead === 0) throw new Error('what was unpacked has become shorter');
    doneBytes += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
