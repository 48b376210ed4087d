import type { ElfFile } from './elf-file.ts';
import { type ElfSource, memorySource } from './elf-source.ts';
import { machineName } from './machines.ts';

/** https://www.sco.com/developers/gabi/latest/contents.html and elf(5) */
const programHeader = { load: 1, dynamic: 2, interpreter: 3 } as const;
const dynamicTag = {
  null: 0,
  needed: 1,
  stringTable: 5,
  stringTableSize: 10,
  rpath: 15,
  runpath: 29,
} as const;

/** Far more than any real file has: a hostile one could name the same megabytes a million times over. */
const maxNeeded = 1024;
const maxTextBytes = 64 * 1024;

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly sizeBytes: number;
}

/** A file that says it is ELF and is not whole. */
export class ElfError extends Error {}

export function isElf(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;
}

/** Reads headers and the dynamic section. @throws ElfError when an offset leads out of the file. */
export function readElf(path: string, content: Uint8Array | ElfSource): ElfFile {
  const reader = new ElfReader(content instanceof Uint8Array ? memorySource(content) : content);
  const segments = readSegments(reader);
  const interpreter = segments.find(({ type }) => type === programHeader.interpreter);
  return {
    path,
    bits: reader.wide ? 64 : 32,
    machine: machineName(reader.u16(18)),
    ...(interpreter
      ? { interpreter: reader.text(interpreter.offset, interpreter.offset + interpreter.sizeBytes) }
      : {}),
    ...readDynamic(reader, segments),
  };
}

function readSegments(reader: ElfReader): Segment[] {
  const { wide } = reader;
  const table = reader.word(wide ? 32 : 28);
  const entrySize = reader.u16(wide ? 54 : 42);
  const count = table === 0 ? 0 : reader.u16(wide ? 56 : 44);
  return Array.from({ length: count }, (_, at) => {
    const start = table + at * entrySize;
    return {
      type: reader.u32(start),
      offset: reader.word(start + (wide ? 8 : 4)),
      address: reader.word(start + (wide ? 16 : 8)),
      sizeBytes: reader.word(start + (wide ? 32 : 16)),
    };
  });
}

function readDynamic(
  reader: ElfReader,
  segments: readonly Segment[],
): Pick<ElfFile, 'needed' | 'searchPath'> {
  const dynamic = segments.find(({ type }) => type === programHeader.dynamic);
  if (!dynamic) return { needed: [], searchPath: [] };
  const entries = readDynamicEntries(reader, dynamic);
  const value = (tag: number) => entries.find((entry) => entry.tag === tag)?.value;
  const address = value(dynamicTag.stringTable);
  const start = address === undefined ? undefined : fileOffset(address, segments);
  if (start === undefined) return { needed: [], searchPath: [] };
  const end = start + (value(dynamicTag.stringTableSize) ?? 0);
  const text = (offset: number) => reader.text(start + offset, end);
  const needed = entries.filter(({ tag }) => tag === dynamicTag.needed);
  if (needed.length > maxNeeded) throw new ElfError(`it needs ${needed.length} libraries`);
  const path = value(dynamicTag.runpath) ?? value(dynamicTag.rpath);
  return {
    needed: needed.map((entry) => text(entry.value)),
    searchPath: path === undefined ? [] : text(path).split(':').filter(Boolean),
  };
}

function readDynamicEntries(reader: ElfReader, dynamic: Segment): { tag: number; value: number }[] {
  const size = reader.wide ? 8 : 4;
  const entries: { tag: number; value: number }[] = [];
  for (let at = dynamic.offset; at + 2 * size <= dynamic.offset + dynamic.sizeBytes; at += 2 * size) {
    const tag = reader.word(at);
    if (tag === dynamicTag.null) break;
    entries.push({ tag, value: reader.word(at + size) });
  }
  return entries;
}

/** Where an address of the running program lies in the file. */
function fileOffset(address: number, segments: readonly Segment[]): number | undefined {
  const segment = segments.find(
    ({ type, address: start, sizeBytes }) =>
      type === programHeader.load && address >= start && address < start + sizeBytes,
  );
  return segment && address - segment.address + segment.offset;
}

/** Numbers and texts out of the file, in its own byte order and width. */
class ElfReader {
  readonly #source: ElfSource;
  readonly #littleEndian: boolean;
  /** True for 64-bit files. */
  readonly wide: boolean;

  constructor(source: ElfSource) {
    this.#source = source;
    this.wide = this.#view(4, 1).getUint8(0) === 2;
    this.#littleEndian = this.#view(5, 1).getUint8(0) !== 2;
  }

  u16(offset: number): number {
    return this.#view(offset, 2).getUint16(0, this.#littleEndian);
  }

  u32(offset: number): number {
    return this.#view(offset, 4).getUint32(0, this.#littleEndian);
  }

  /** An address, offset or size: 8 bytes in a 64-bit file, 4 in a 32-bit one. */
  word(offset: number): number {
    if (!this.wide) return this.u32(offset);
    return Number(this.#view(offset, 8).getBigUint64(0, this.#littleEndian));
  }

  /** Up to the first NUL, at most up to `end`. */
  text(start: number, end: number): string {
    if (start < 0 || end > this.#source.sizeBytes || start > end)
      throw new ElfError(`text at ${start} is outside`);
    const slice = this.#source.read(start, Math.min(end, start + maxTextBytes + 1));
    const nul = slice.indexOf(0);
    const text = nul === -1 ? slice : slice.subarray(0, nul);
    if (text.length > maxTextBytes) throw new ElfError(`text at ${start} has over ${maxTextBytes} bytes`);
    return Buffer.from(text).toString('utf8');
  }

  #view(offset: number, sizeBytes: number): DataView {
    const bytes = offset < 0 ? undefined : this.#source.read(offset, offset + sizeBytes);
    if (bytes?.byteLength !== sizeBytes) throw new ElfError('the file is cut short');
    return new DataView(bytes.buffer, bytes.byteOffset, sizeBytes);
  }
}
