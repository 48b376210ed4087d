import { randomBytes } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ByteStream } from '@catamaran/oci';
import { type ElfSource, fileSource } from '../elf/elf-source.ts';
import { isElf } from '../elf/read-elf.ts';
import { chunksSource, keptParts } from './kept-parts.ts';

/** What is larger is not kept in memory as a whole: some programs have hundreds of megabytes. */
const maxInMemoryBytes = 4 * 1024 * 1024;

export interface OpenedElf extends AsyncDisposable {
  readonly source: ElfSource;
}

/**
 * A file that begins like ELF; else undefined. The content is read to its end either way.
 * @param keep what is kept of a large one: the parts that are looked at, in memory; or all of it, in a file
 */
export async function openElf(
  content: ByteStream,
  keep: 'parts' | 'all' = 'all',
): Promise<OpenedElf | undefined> {
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
      isSure = isElf(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
      if (!isSure) return drained(iterator);
    }
    if (sizeBytes <= maxInMemoryBytes) continue;
    return keep === 'all' ? spooled(chunks, iterator) : inMemory(await keptParts(chunks, iterator));
  }
  return isSure ? inMemory(chunksSource(chunks)) : undefined;
}

function inMemory(source: ElfSource): OpenedElf {
  return { source, [Symbol.asyncDispose]: async () => {} };
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
