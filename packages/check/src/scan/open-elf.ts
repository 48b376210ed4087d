import { randomBytes } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ByteStream } from '@catamaran/oci';
import { type ElfSource, fileSource, memorySource } from '../elf/elf-source.ts';
import { isElf } from '../elf/read-elf.ts';

/** What is larger goes through a file: some programs have hundreds of megabytes, and little of them is looked at. */
const maxInMemoryBytes = 4 * 1024 * 1024;

export interface OpenedElf extends AsyncDisposable {
  readonly source: ElfSource;
}

/** A file that begins like ELF; else undefined. The content is read to its end either way. */
export async function openElf(content: ByteStream): Promise<OpenedElf | undefined> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  let isSure = false;
  const iterator = content[Symbol.asyncIterator]();
  for (;;) {
    const next = await iterator.next();
    if (next.done) break;
    chunks.push(next.value);
    sizeBytes += next.value.byteLength;
    if (!isSure && sizeBytes >= 4) {
      isSure = isElf(Buffer.concat(chunks));
      if (!isSure) return drained(iterator);
    }
    if (sizeBytes > maxInMemoryBytes) return spooled(chunks, iterator);
  }
  if (!isSure) return undefined;
  return { source: memorySource(Buffer.concat(chunks)), [Symbol.asyncDispose]: async () => {} };
}

async function drained(rest: AsyncIterator<Uint8Array>): Promise<undefined> {
  while (!(await rest.next()).done);
}

/** Without a name once it is open: nothing is left of it, however the process ends. */
async function spooled(first: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): Promise<OpenedElf> {
  const path = join(tmpdir(), `catamaran-${process.pid}-${randomBytes(6).toString('hex')}`);
  const handle = await open(path, 'wx+');
  try {
    await unlink(path);
    const sizeBytes = await writeAll(handle, first, rest);
    return { source: fileSource(handle.fd, sizeBytes), [Symbol.asyncDispose]: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function writeAll(
  handle: FileHandle,
  first: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): Promise<number> {
  let sizeBytes = 0;
  for (const chunk of first) sizeBytes += chunk.byteLength;
  await handle.appendFile(Buffer.concat(first));
  for (let next = await rest.next(); !next.done; next = await rest.next()) {
    await handle.appendFile(next.value);
    sizeBytes += next.value.byteLength;
  }
  return sizeBytes;
}
