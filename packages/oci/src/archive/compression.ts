import type { FileHandle } from 'node:fs/promises';
import { archiveErrors } from './errors.ts';

export type Compression = 'gzip' | 'zstd' | 'xz' | 'bzip2';

const beginnings: Readonly<Record<Compression, Buffer>> = {
  gzip: Buffer.from([0x1f, 0x8b]),
  zstd: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]),
  xz: Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]),
  bzip2: Buffer.from('BZh91AY&SY'),
};

const commands: Readonly<Record<Compression, string>> = {
  gzip: 'gunzip',
  zstd: 'unzstd',
  xz: 'unxz',
  bzip2: 'bunzip2',
};

/** How something is compressed, by its first bytes, of which ten are enough. A tar archive begins with a name. */
export function compressionOf(beginning: Uint8Array): Compression | undefined {
  for (const [format, magic] of Object.entries(beginnings)) {
    if (magic.equals(beginning.subarray(0, magic.byteLength))) return format as Compression;
  }
  return undefined;
}

/** @throws CATA_ARCHIVE_COMPRESSED: there is no reading at an offset in it */
export async function refuseCompressed(path: string, handle: FileHandle): Promise<void> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(10), 0, 10, 0);
  const format = compressionOf(buffer.subarray(0, bytesRead));
  if (format) {
    throw archiveErrors.CATA_ARCHIVE_COMPRESSED({ path, format, command: `"${commands[format]}"` });
  }
}
