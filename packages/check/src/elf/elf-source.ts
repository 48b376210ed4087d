import { readSync } from 'node:fs';

/** Bytes of an ELF file, wherever it is; what is asked for is small and near what was asked for before. */
export interface ElfSource {
  readonly sizeBytes: number;
  /** Fewer bytes where the file ends before. */
  read(start: number, end: number): Uint8Array;
  /** The version of a Node.js, looked for while it passed; absent where all of it can be read again. */
  nodeVersion?(): string | undefined;
}

export function memorySource(bytes: Uint8Array): ElfSource {
  return { sizeBytes: bytes.byteLength, read: (start, end) => bytes.subarray(start, end) };
}

const pageBytes = 64 * 1024;

/** A file that is open, of which some pages at a time are in memory. */
export function fileSource(descriptor: number, sizeBytes: number): ElfSource {
  let page = { start: 0, bytes: new Uint8Array() };
  return {
    sizeBytes,
    read(start, end) {
      const { start: from, bytes } = page;
      if (start < from || end > from + bytes.byteLength) {
        const length = Math.min(Math.max(end - start, pageBytes), Math.max(sizeBytes - start, 0));
        const fresh = Buffer.alloc(length);
        page = { start, bytes: fresh.subarray(0, readSync(descriptor, fresh, 0, length, start)) };
      }
      return page.bytes.subarray(start - page.start, end - page.start);
    },
  };
}
