import { type ByteStream, collectBytes } from '../layer/byte-stream.ts';
import { maxManifestBytes } from '../model/parse-manifest.ts';
import type { ArchiveEntry } from './archive-entries.ts';
import { refuseCompressed } from './compression.ts';
import { indexArchive } from './index-archive.ts';
import { archiveInvalid, openFile } from './open-file.ts';

/** A tar archive whose files are read where they lie. */
export interface ArchiveFile {
  readonly path: string;
  /** @throws CATA_ARCHIVE_INVALID when there is no such file */
  find(name: string): ArchiveEntry;
  /**
   * @param startBytes where in the file to begin; 0 unless told
   * @throws CATA_ARCHIVE_INVALID when the archive is not the one any more that was opened
   */
  open(entry: ArchiveEntry, startBytes?: number): ByteStream;
  /** A JSON document. @throws CATA_ARCHIVE_INVALID when it is missing, no JSON or larger than any honest one */
  readJson(name: string): Promise<ArchiveDocument>;
}

interface ArchiveDocument {
  readonly bytes: Uint8Array;
  readonly value: unknown;
}

/**
 * Reads where everything is, once; not a byte of content is held in memory or unpacked.
 * @throws CATA_ARCHIVE_MISSING, CATA_ARCHIVE_INVALID, CATA_ARCHIVE_COMPRESSED, CATA_TAR_PATH_UNSAFE
 */
export async function openArchive(path: string, signal: AbortSignal): Promise<ArchiveFile> {
  const { entries, version } = await readIndex(path, signal);
  const find = (name: string) => {
    const entry = entries.find(name);
    if (!entry) throw archiveInvalid(path, `there is no file "${name.slice(0, 200)}" in it`);
    return entry;
  };
  const open = (entry: ArchiveEntry, startBytes = 0) => readEntry(path, version, entry, startBytes);
  return {
    path,
    find,
    open,
    readJson: async (name) => {
      const entry = find(name);
      if (entry.sizeBytes > maxManifestBytes) {
        throw archiveInvalid(
          path,
          `"${name}" has ${entry.sizeBytes} bytes; more than ${maxManifestBytes} are not read`,
        );
      }
      const bytes = await collectBytes(open(entry));
      try {
        return { bytes, value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
      } catch (cause) {
        throw archiveInvalid(path, new Error(`"${name}" is no JSON`, { cause }));
      }
    },
  };
}

async function readIndex(path: string, signal: AbortSignal) {
  await using file = await openFile(path);
  const { handle, sizeBytes, version } = file;
  try {
    await refuseCompressed(path, handle);
    return { entries: await indexArchive({ path, handle, sizeBytes }, signal), version };
  } catch (cause) {
    signal.throwIfAborted();
    throw archiveInvalid(path, cause);
  }
}

async function* readEntry(
  path: string,
  version: string,
  { offset, sizeBytes }: ArchiveEntry,
  startBytes: number,
): ByteStream {
  if (startBytes >= sizeBytes) return;
  await using file = await openFile(path);
  if (file.version !== version) throw archiveInvalid(path, 'it was replaced while it was read');
  const range = { start: offset + startBytes, end: offset + sizeBytes - 1 };
  yield* file.handle.createReadStream({ ...range, highWaterMark: 256 * 1024, autoClose: false });
}
