/**
 * A number in a header's field: octal digits and a NUL, or, where they are too few, base 256 with the highest bit
 * set, which GNU tar, Go, libarchive and Python read (https://www.gnu.org/software/tar/manual/html_node/Extensions.html).
 */
export function writeNumber(block: Buffer, value: number, offset: number, width: number): void {
  const digits = value.toString(8);
  if (digits.length < width) {
    block.write(`${digits.padStart(width - 1, '0')}\0`, offset);
    return;
  }
  block.fill(0, offset, offset + width);
  block.writeUIntBE(value, offset + width - 6, 6);
  block.writeUInt8(0x80, offset);
}

/** @returns undefined when it is no number, or one that is negative or too large to count with */
export function readNumber(block: Buffer, offset: number, width: number): number | undefined {
  const field = block.subarray(offset, offset + width);
  if (field.readUInt8(0) === 0x80) {
    const isSmall = field.subarray(1, -6).every((byte) => byte === 0);
    return isSmall ? field.readUIntBE(width - 6, 6) : undefined;
  }
  const digits = /^[ ]*([0-7]*)[ \0]*$/.exec(field.toString('latin1'))?.[1];
  if (digits === undefined) return undefined;
  const value = digits === '' ? 0 : Number.parseInt(digits, 8);
  return Number.isSafeInteger(value) ? value : undefined;
}
