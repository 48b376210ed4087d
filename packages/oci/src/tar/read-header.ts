import { readNumber } from './header-number.ts';

/** What a header block says of an entry, before what extended headers say instead. */
export interface TarHeader {
  readonly name: string;
  /** As in the block: "0" of a file, "5" of a folder; "x" and the like of what only describes the next entry. */
  readonly typeFlag: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly sizeBytes: number;
  readonly linkName: string;
}

const checksumField = { start: 148, end: 156 };

/**
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html, "ustar Interchange Format", and GNU's
 * @throws Error when the checksum is wrong, or the size is no number
 */
export function readHeader(bytes: Uint8Array): TarHeader {
  const block = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  requireChecksum(block);
  const sizeBytes = numberAt(block, 124, 12);
  if (sizeBytes === undefined) throw new Error('Invalid size in a tar header.');
  // GNU's magic has a space in the place of the NUL, and times in that of the prefix.
  const prefix = block.toString('latin1', 257, 263) === 'ustar\0' ? textAt(block, 345, 155) : '';
  const name = textAt(block, 0, 100);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    typeFlag: String.fromCharCode(block.readUInt8(156)),
    mode: numberAt(block, 100, 8) ?? 0,
    uid: numberAt(block, 108, 8) ?? 0,
    gid: numberAt(block, 116, 8) ?? 0,
    sizeBytes,
    linkName: textAt(block, 157, 100),
  };
}

export function isZeroBlock(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

/** Writers fill what comes after a number's NUL with anything. */
function numberAt(block: Buffer, offset: number, width: number): number | undefined {
  const nul = block.indexOf(0, offset);
  const isText = (block.readUInt8(offset) & 0x80) === 0;
  if (!isText || nul === -1 || nul >= offset + width) return readNumber(block, offset, width);
  return nul === offset ? 0 : readNumber(block, offset, nul - offset);
}

function requireChecksum(block: Buffer): void {
  let sum = 0;
  for (let at = 0; at < block.byteLength; at++) {
    sum += at >= checksumField.start && at < checksumField.end ? 0x20 : (block[at] ?? 0);
  }
  if (numberAt(block, checksumField.start, 8) !== sum) throw new Error('Invalid tar header checksum.');
}

/** Up to the first NUL. */
function textAt(block: Buffer, offset: number, width: number): string {
  const nul = block.indexOf(0, offset);
  return block.toString('utf8', offset, nul === -1 ? offset + width : Math.min(nul, offset + width));
}
