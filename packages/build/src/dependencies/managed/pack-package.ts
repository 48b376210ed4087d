import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
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
const smallBytes = 512 * 1024;

/**
 * Puts a package's files into an archive among the blobs, as npm would have packed them: without links, owners and
 * times, so that its digest depends on nothing but what is in the files.
 */
export async function packPackage(
  folder: string,
  blobs: BlobStore,
  signal: AbortSignal,
): Promise<WrittenBlob> {
  signal.throwIfAborted();
  const sorted = sortEntries(filesOf(folder));
  const sizeBytes = sorted.reduce((sum, file) => sum + file.sizeBytes, 0);
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

/**
 * All but the packages in its own node_modules, which are placed for themselves. Without waiting for each of what may be
 * tens of thousands of small files: a turn of the event loop costs several times what it takes to read one.
 */
function filesOf(folder: string, path = ''): StreamedFile[] {
  return readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) => {
    const inside = path === '' ? entry.name : `${path}/${entry.name}`;
    if (inside === 'node_modules') return [];
    if (entry.isDirectory()) return filesOf(folder, inside);
    if (!entry.isFile()) return [];
    const { mode, size } = statSync(join(folder, inside));
    return {
      type: 'file',
      path: `package/${inside}`,
      mode: mode & 0o111 ? 0o755 : 0o644,
      sizeBytes: size,
      content: () => contentOf(join(folder, inside), size),
    };
  });
}

async function* contentOf(path: string, sizeBytes: number): ByteStream {
  if (sizeBytes <= smallBytes) yield readFileSync(path);
  else yield* createReadStream(path, { highWaterMark: 256 * 1024 });
}
