import type { ByteStream } from '../layer/byte-stream.ts';
import type { TarEntry } from './tar-entry.ts';
import { padding, type SizedFile, tarHeader } from './tar-header.ts';

/** A file whose content comes when its turn has come: for what is too large to be at hand. */
export type StreamedFile = SizedFile & { content(): ByteStream };

/** As `writeTarEntries`, for entries of which some are streamed. A file that is not as long as it says is a defect. */
export async function* streamTarEntries(
  entries: Iterable<TarEntry | StreamedFile>,
  mtimeSeconds: number,
): ByteStream {
  for (const entry of entries) {
    yield* tarHeader(entry, mtimeSeconds);
    if (entry.type !== 'file') continue;
    if (typeof entry.content !== 'function') {
      yield entry.content;
      yield padding(entry.content.byteLength);
      continue;
    }
    const { sizeBytes } = entry as StreamedFile;
    let writtenBytes = 0;
    for await (const chunk of entry.content()) {
      writtenBytes += chunk.byteLength;
      yield chunk;
    }
    if (writtenBytes !== sizeBytes)
      throw new Error(`"${entry.path}" has ${writtenBytes} bytes, not ${sizeBytes}`);
    yield padding(sizeBytes);
  }
}
