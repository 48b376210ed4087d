import type { FileHandle } from 'node:fs/promises';
import { ociErrors } from '../errors/errors.ts';
import { blockSize } from '../tar/tar-header.ts';
import { ArchiveEntries, leavesArchive } from './archive-entries.ts';
import { type ArchiveHeader, parseArchiveHeader } from './archive-header.ts';
import {
  type ExtendedHeader,
  isExtendedType,
  maxExtendedBytes,
  parseExtendedHeader,
} from './extended-header.ts';

export interface OpenArchive {
  readonly path: string;
  readonly handle: FileHandle;
  readonly sizeBytes: number;
}

/**
 * Reads the headers of a tar archive and passes over what is between them.
 * @throws CATA_TAR_PATH_UNSAFE, and Error that says what is wrong with the archive
 */
export async function indexArchive(archive: OpenArchive, signal: AbortSignal): Promise<ArchiveEntries> {
  const entries = new ArchiveEntries();
  let extended: ExtendedHeader = {};
  for (let at = 0; at < archive.sizeBytes; ) {
    signal.throwIfAborted();
    const header = parseArchiveHeader(await readExactly(archive, at, blockSize));
    if (!header) break;
    const offset = at + blockSize;
    const sizeBytes = contentSize(header, extended);
    if (offset + sizeBytes > archive.sizeBytes) throw new Error('it ends in the middle of an entry');
    if (isExtendedType(header.typeFlag)) {
      extended = { ...extended, ...(await readExtended(archive, header, offset)) };
    } else if (header.typeFlag !== 'g') {
      const { name, target } = { ...header, ...extended };
      // A symlink's text may well go up; it is followed inside the archive only.
      const leaves = leavesArchive(name) || (header.typeFlag === '1' && leavesArchive(target));
      if (leaves) throw ociErrors.CATA_TAR_PATH_UNSAFE({ archive: archive.path, path: name.slice(0, 200) });
      entries.add(header.typeFlag, name, target, { offset, sizeBytes });
      extended = {};
    }
    at = offset + Math.ceil(sizeBytes / blockSize) * blockSize;
  }
  return entries;
}

/** Links, devices and folders have no content, whatever their header says; so do Go and GNU tar read them. */
function contentSize({ typeFlag, sizeBytes }: ArchiveHeader, extended: ExtendedHeader): number {
  if (/^[1-6]$/.test(typeFlag)) return 0;
  if (isExtendedType(typeFlag) || typeFlag === 'g') return sizeBytes;
  return extended.sizeBytes ?? sizeBytes;
}

async function readExtended(
  archive: OpenArchive,
  { typeFlag, sizeBytes }: ArchiveHeader,
  offset: number,
): Promise<ExtendedHeader> {
  if (sizeBytes > maxExtendedBytes) {
    throw new Error(`an extended header has ${sizeBytes} bytes; more than ${maxExtendedBytes} are not read`);
  }
  return parseExtendedHeader(typeFlag, await readExactly(archive, offset, sizeBytes));
}

async function readExactly({ handle }: OpenArchive, offset: number, sizeBytes: number): Promise<Buffer> {
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(sizeBytes), 0, sizeBytes, offset);
  if (bytesRead < sizeBytes) throw new Error('it ends in the middle of an entry');
  return buffer;
}
