import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ByteStream } from '@catamaran/oci';
import { buildErrors } from '../../errors.ts';
import type { ApplicationFile } from '../application.ts';

const chunkBytes = 256 * 1024;

/**
 * A file of the project for its place in the image. It is read twice: now, for what it is to be called by, and when a
 * layer is made of it, unless there is one already.
 * @throws CATA_FILE_UNREADABLE
 */
export async function openPickedFile(absolute: string, path: string): Promise<ApplicationFile> {
  try {
    const { sha256, sizeBytes, mode } = await look(absolute);
    // Some file systems call everything executable; this is the one file that is always here, and never a program.
    const isManifest = basename(path) === 'package.json';
    const content = () => unchanged(absolute, sha256);
    return { path, mode: isManifest ? 0o644 : mode, sizeBytes, sha256, content };
  } catch (cause) {
    const { message } = cause as Error;
    throw buildErrors.CATA_FILE_UNREADABLE({ path: absolute, reason: message }, { cause });
  }
}

async function look(absolute: string) {
  await using file = await open(absolute);
  const { mode } = await file.stat();
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of chunksOf(file)) {
    hash.update(chunk);
    sizeBytes += chunk.byteLength;
  }
  return { sha256: hash.digest('hex'), sizeBytes, mode: mode & 0o111 ? 0o755 : 0o644 };
}

/** The layer is kept by what the file was: it must not get anything else. */
async function* unchanged(absolute: string, expected: string): ByteStream {
  await using file = await open(absolute);
  const hash = createHash('sha256');
  for await (const chunk of chunksOf(file)) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== expected) throw buildErrors.CATA_FILE_CHANGED({ path: absolute });
}

async function* chunksOf(file: FileHandle): ByteStream {
  if ((await file.stat()).size <= chunkBytes) {
    yield await file.readFile();
    return;
  }
  for (;;) {
    // A buffer of its own for each: whoever gets one may keep it.
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, null);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}
