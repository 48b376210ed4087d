import { ElfError } from './elf-error.ts';
import type { ElfSource } from './elf-source.ts';

/** Far more than any real name has. */
const maxTextBytes = 64 * 1024;
/** Most names end within so many. */
const firstTextBytes = 256;
/** Far more than is looked at of any real file; a hostile one could name the same kilobytes a million times over. */
const maxAskedBytes = 2 * 1024 * 1024;
/** What asking costs, however little it is for. */
const leastAskedBytes = 64;

/** Numbers and texts out of an ELF file, in its own byte order and width. All it throws is an ElfError. */
export class ElfReader {
  readonly #source: ElfSource;
  #askedBytes = 0;
  readonly littleEndian: boolean;
  /** True for 64-bit files. */
  readonly wide: boolean;

  constructor(source: ElfSource) {
    this.#source = source;
    const identity = this.view(0, 16);
    const [bits, order] = [identity.getUint8(4), identity.getUint8(5)];
    if (bits !== 1 && bits !== 2) throw new ElfError(`its class is ${bits}, neither 32-bit nor 64-bit`);
    if (order !== 1 && order !== 2) throw new ElfError(`its byte order is ${order}, which there is none of`);
    this.wide = bits === 2;
    this.littleEndian = order === 1;
  }

  get sizeBytes(): number {
    return this.#source.sizeBytes;
  }

  /** Bytes of an address, an offset or a size. */
  get wordBytes(): number {
    return this.wide ? 8 : 4;
  }

  /** A whole table at once: asking for each number on its own takes longer. */
  view(offset: number, sizeBytes: number): DataView {
    if (offset < 0 || sizeBytes < 0 || offset + sizeBytes > this.#source.sizeBytes) {
      throw new ElfError('the file is cut short');
    }
    const bytes = this.#ask(offset, offset + sizeBytes);
    if (bytes.byteLength !== sizeBytes) throw new ElfError('the file is cut short');
    return new DataView(bytes.buffer, bytes.byteOffset, sizeBytes);
  }

  u16(view: DataView, at: number): number {
    return view.getUint16(at, this.littleEndian);
  }

  u32(view: DataView, at: number): number {
    return view.getUint32(at, this.littleEndian);
  }

  /** An address, offset or size: 8 bytes in a 64-bit file, 4 in a 32-bit one. Beyond 2^53 it leads out of any file. */
  word(view: DataView, at: number): number {
    return this.wide ? Number(view.getBigUint64(at, this.littleEndian)) : this.u32(view, at);
  }

  /** Up to the first NUL, at most up to `end`. */
  text(start: number, end: number): string {
    if (start < 0 || end > this.#source.sizeBytes || start > end) {
      throw new ElfError(`text at ${start} is outside`);
    }
    for (let length = firstTextBytes; ; length *= 16) {
      const slice = this.#ask(start, Math.min(end, start + Math.min(length, maxTextBytes + 1)));
      const nul = slice.indexOf(0);
      if (nul === -1 && length <= maxTextBytes && start + length < end) continue;
      const text = nul === -1 ? slice : slice.subarray(0, nul);
      if (text.length > maxTextBytes) throw new ElfError(`text at ${start} has over ${maxTextBytes} bytes`);
      return Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString('utf8');
    }
  }

  #ask(start: number, end: number): Uint8Array {
    this.#askedBytes += Math.max(end - start, leastAskedBytes);
    if (this.#askedBytes > maxAskedBytes)
      throw new ElfError('it describes itself at more length than any program');
    return this.#source.read(start, end);
  }
}
