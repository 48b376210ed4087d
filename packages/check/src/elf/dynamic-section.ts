import { ElfError } from './elf-error.ts';
import type { ElfReader } from './elf-reader.ts';
import { fileOffset, type Segment, segmentType } from './segments.ts';

/** https://gabi.xinuos.com/elf/08-dynamic.html, d_tag; those of GNU are in glibc's elf.h. */
export const dynamicTag = {
  needed: 1,
  hash: 4,
  stringTable: 5,
  symbolTable: 6,
  stringTableSize: 10,
  soname: 14,
  rpath: 15,
  runpath: 29,
  gnuHash: 0x6ffffef5,
  versionDefinitions: 0x6ffffffc,
  versionDefinitionCount: 0x6ffffffd,
  versionNeeds: 0x6ffffffe,
  versionNeedCount: 0x6fffffff,
} as const;

/** Far more than any real file has. */
const maxEntries = 8192;

export interface DynamicSection {
  values(tag: number): readonly number[];
  value(tag: number): number | undefined;
  /** Where what a tag has the address of lies in the file. */
  offset(tag: number): number | undefined;
  /** A text by its place in the string table. */
  text(at: number): string;
}

/** Undefined where there is none, as in a static program. */
export function readDynamicSection(
  reader: ElfReader,
  segments: readonly Segment[],
): DynamicSection | undefined {
  const segment = segments.find(({ type }) => type === segmentType.dynamic);
  if (!segment) return undefined;
  const entries = readEntries(reader, segment);
  const values = (tag: number) => entries.get(tag) ?? [];
  const value = (tag: number) => entries.get(tag)?.[0];
  const offset = (tag: number) => {
    const address = value(tag);
    return address === undefined ? undefined : fileOffset(address, segments);
  };
  const strings = offset(dynamicTag.stringTable);
  const end = (strings ?? 0) + (value(dynamicTag.stringTableSize) ?? 0);
  const text = (at: number) => {
    if (strings === undefined) throw new ElfError('its names lie outside of the file');
    return reader.text(strings + at, end);
  };
  return { values, value, offset, text };
}

function readEntries(reader: ElfReader, segment: Segment): Map<number, number[]> {
  const size = 2 * reader.wordBytes;
  const entries = new Map<number, number[]>();
  // DT_NULL ends it, most often long before the segment does. A segment may claim more than there is.
  const available = Math.min(segment.sizeBytes, reader.sizeBytes - segment.offset);
  const count = Math.min(Math.floor(available / size), maxEntries + 1);
  const view = reader.view(segment.offset, Math.max(count, 0) * size);
  for (let index = 0; index < count; index++) {
    const tag = reader.word(view, index * size);
    if (tag === 0) return entries;
    const value = reader.word(view, index * size + reader.wordBytes);
    const before = entries.get(tag);
    if (before) before.push(value);
    else entries.set(tag, [value]);
  }
  if (count > maxEntries) throw new ElfError(`its dynamic section has over ${maxEntries} entries`);
  if (available < segment.sizeBytes) throw new ElfError('the file is cut short');
  return entries;
}
