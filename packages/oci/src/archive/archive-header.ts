import { readNumber } from '../tar/header-number.ts';

/** A header block as it stands: names that are too long for it come in entries of their own before it. */
export interface ArchiveHeader {
  readonly name: string;
  /** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html, "ustar Interchange Format", typeflag */
  readonly typeFlag: string;
  readonly sizeBytes: number;
  readonly target: string;
}

/** @returns undefined for a block of zeros, which ends an archive. @throws Error that says what is wrong with the block */
export function parseArchiveHeader(block: Buffer): ArchiveHeader | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  if (readNumber(block, 148, 8) !== checksum(block)) throw new Error('a header has another checksum');
  const sizeBytes = readNumber(block, 124, 12);
  if (sizeBytes === undefined) throw new Error('a header has no size that can be read');
  const [name, prefix] = [text(block, 0, 100), isPosix(block) ? text(block, 345, 155) : ''];
  return {
    name: prefix ? `${prefix}/${name}` : name,
    typeFlag: text(block, 156, 1) || '0',
    sizeBytes,
    target: text(block, 157, 100),
  };
}

/** Of all bytes, with blanks where the checksum itself is. */
function checksum(block: Buffer): number {
  return block.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
}

/** GNU's own format ("ustar  ") has times where POSIX has the prefix. */
function isPosix(block: Buffer): boolean {
  return block.toString('latin1', 257, 263) === 'ustar\0';
}

function text(block: Buffer, offset: number, length: number): string {
  const field = block.subarray(offset, offset + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? length : end);
}
