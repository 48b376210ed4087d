import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type BlobStore,
  type ByteStream,
  collectBytes,
  Digester,
  digestOf,
  endOfTar,
  type StreamedFile,
  sortEntries,
  streamTarEntries,
  type WrittenBlob,
} from '@catamaran/oci';

/** What is read at once; packages and files that are larger are streamed. */
const smallBytes = 4 * 1024 * 1024;

/**
 * Puts a package's files into an archive among the blobs, as npm would have packed them: without links, owners and
 * times, so that its digest depends on nothing but what is in the files.
 */
export async function packPackage(
  folder: string,
  blobs: BlobStore,
  signal: AbortSignal,
): Promise<WrittenBlob> {
  const files: StreamedFile[] = [];
  await collectFiles(folder, '', files);
  const sorted = sortEntries(files);
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  if (sizeBytes <= smallBytes) {
    const tar = await collectBytes(tarOf(sorted));
    return keep({ digest: digestOf(tar), sizeBytes: tar.byteLength }, [tar], blobs, signal);
  }
  const digester = new Digester();
  let tarBytes = 0;
  for await (const chunk of tarOf(sorted)) {
    signal.throwIfAborted();
    digester.update(chunk);
    tarBytes += chunk.byteLength;
  }
  return keep({ digest: digester.digest(), sizeBytes: tarBytes }, tarOf(sorted), blobs, signal);
}

async function keep(
  blob: WrittenBlob,
  tar: ByteStream | Iterable<Uint8Array>,
  blobs: BlobStore,
  signal: AbortSignal,
): Promise<WrittenBlob> {
  if (!(await blobs.has(blob.digest, blob.sizeBytes))) {
    await blobs.write(blob.digest, tar, signal, blob.sizeBytes);
  }
  return blob;
}

async function* tarOf(files: readonly StreamedFile[]): ByteStream {
  yield* streamTarEntries(files, 0);
  yield endOfTar;
}

/** All but the packages in its own node_modules, which are placed for themselves. */
async function collectFiles(folder: string, path: string, files: StreamedFile[]): Promise<void> {
  for (const entry of await readdir(join(folder, path), { withFileTypes: true })) {
    const inside = path === '' ? entry.name : `${path}/${entry.name}`;
    if (inside === 'node_modules') continue;
    if (entry.isDirectory()) await collectFiles(folder, inside, files);
    if (!entry.isFile()) continue;
    const { mode, size } = await stat(join(folder, inside));
    files.push({
      type: 'file',
      path: `package/${inside}`,
      mode: mode & 0o111 ? 0o755 : 0o644,
      sizeBytes: size,
      content: () => contentOf(join(folder, inside), size),
    });
  }
}

async function* contentOf(path: string, sizeBytes: number): ByteStream {
  if (sizeBytes <= smallBytes) yield await readFile(path);
  else yield* createReadStream(path, { highWaterMark: 1024 * 1024 });
}
