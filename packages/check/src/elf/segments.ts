import { ElfError } from './elf-error.ts';
import type { ElfReader } from './elf-reader.ts';

/** https://gabi.xinuos.com/elf/07-pheader.html, p_type */
export const segmentType = { load: 1, dynamic: 2, interpreter: 3, note: 4 } as const;

/** Linux starts nothing whose program headers have over 64 KiB. */
const maxSegments = 2048;

export interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  /** In the file. */
  readonly sizeBytes: number;
  readonly isExecutable: boolean;
}

/** @param header the ELF header */
export function readSegments(reader: ElfReader, header: DataView): Segment[] {
  const { wide } = reader;
  const table = reader.word(header, wide ? 32 : 28);
  const count = table === 0 ? 0 : reader.u16(header, wide ? 56 : 44);
  if (count === 0) return [];
  const entryBytes = wide ? 56 : 32;
  const described = reader.u16(header, wide ? 54 : 42);
  if (described !== entryBytes) throw new ElfError(`its program headers have ${described} bytes each`);
  if (count > maxSegments) throw new ElfError(`it has ${count} program headers`);
  const view = reader.view(table, count * entryBytes);
  return Array.from({ length: count }, (_, index) => {
    const at = index * entryBytes;
    return {
      type: reader.u32(view, at),
      offset: reader.word(view, at + (wide ? 8 : 4)),
      address: reader.word(view, at + (wide ? 16 : 8)),
      sizeBytes: reader.word(view, at + (wide ? 32 : 16)),
      isExecutable: (reader.u32(view, at + (wide ? 4 : 24)) & 1) !== 0,
    };
  });
}

/** Where an address of the running program lies in the file. */
export function fileOffset(address: number, segments: readonly Segment[]): number | undefined {
  const segment = segments.find(
    ({ type, address: start, sizeBytes }) =>
      type === segmentType.load && address >= start && address < start + sizeBytes,
  );
  return segment && address - segment.address + segment.offset;
}
