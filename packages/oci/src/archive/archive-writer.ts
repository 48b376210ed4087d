import type { FileHandle } from 'node:fs/promises';
import type { ByteStream } from '../layer/byte-stream.ts';
import { directory, type TarDirectory } from '../tar/tar-entry.ts';
import { padding, type SizedFile, tarHeader } from '../tar/tar-header.ts';
import { endOfTar } from '../tar/write-tar.ts';

/** Takes the entries of an archive one after the other. Modes, owners and times are the same for all. */
export interface ArchiveWriter {
  addFolder(path: string): Promise<void>;
  /** @returns how many bytes the content had, which nobody need know before */
  addFile(path: string, content: ByteStream | Iterable<Uint8Array>): Promise<number>;
  end(): Promise<void>;
}

export type WriteAt = (bytes: Uint8Array, position: number) => Promise<void>;

/** Writes at positions, for a file's header is written when its content has passed and its size is known. */
export function archiveWriter(writeAt: WriteAt, signal: AbortSignal): ArchiveWriter {
  let endBytes = 0;
  const append = async (bytes: Uint8Array) => {
    signal.throwIfAborted();
    await writeAt(bytes, endBytes);
    endBytes += bytes.byteLength;
  };
  return {
    addFolder: (path) => append(header(directory(path))),
    async addFile(path, content) {
      const headerAt = endBytes;
      const fields = { type: 'file', path, mode: 0o644, sizeBytes: 0 } as const;
      // As long as the final one: a size has its place in the block, however large it is.
      endBytes += header(fields).byteLength;
      const contentAt = endBytes;
      for await (const chunk of content) await append(chunk);
      const sizeBytes = endBytes - contentAt;
      await append(padding(sizeBytes));
      await writeAt(header({ ...fields, sizeBytes }), headerAt);
      return sizeBytes;
    },
    end: () => append(endOfTar),
  };
}

function header(entry: SizedFile | TarDirectory): Uint8Array {
  return Buffer.concat([...tarHeader(entry, 0)]);
}

/** All of the bytes: a single write may take fewer. */
export async function writeAllAt(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    done += (await handle.write(bytes, done, bytes.byteLength - done, position + done)).bytesWritten;
  }
}
