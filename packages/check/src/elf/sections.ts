import type { ElfReader } from './elf-reader.ts';

/** https://gabi.xinuos.com/elf/03-sheader.html */
const sectionType = { note: 7, nobits: 8 } as const;
const executable = 4;

/** Compilers that put each function into a section of its own make tens of thousands, none of which is looked for. */
const maxSections = 1024;

export interface Section {
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly sizeBytes: number;
}

/** Nothing that is loaded needs them, and so they may be missing, or beyond the end of what is there. */
export function readSections(reader: ElfReader, header: DataView): Section[] {
  const { wide } = reader;
  const table = reader.word(header, wide ? 40 : 32);
  const count = Math.min(reader.u16(header, wide ? 60 : 48), maxSections);
  const entryBytes = wide ? 64 : 40;
  if (table === 0 || reader.u16(header, wide ? 58 : 46) !== entryBytes) return [];
  if (table + count * entryBytes > reader.sizeBytes) return [];
  const view = reader.view(table, count * entryBytes);
  return Array.from({ length: count }, (_, index) => {
    const at = index * entryBytes;
    return {
      type: reader.u32(view, at + 4),
      flags: reader.word(view, at + 8),
      offset: reader.word(view, at + (wide ? 24 : 16)),
      sizeBytes: reader.word(view, at + (wide ? 32 : 20)),
    };
  });
}

export function isNote({ type }: Section): boolean {
  return type === sectionType.note;
}

/** `objcopy --only-keep-debug` leaves of the code only how large it was. */
export function isOnlyForDebuggers(sections: readonly Section[]): boolean {
  const code = sections.filter(({ flags }) => (flags & executable) !== 0);
  return code.length > 0 && code.every(({ type }) => type === sectionType.nobits);
}
