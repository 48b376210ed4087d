import { elfMachine } from '@catamaran/build/native';
import { readBuildId } from './build-id.ts';
import { definedSymbols, type HasSymbol } from './defined-symbols.ts';
import { type DynamicSection, dynamicTag, readDynamicSection } from './dynamic-section.ts';
import { ElfError } from './elf-error.ts';
import type { ElfFile, ElfType } from './elf-file.ts';
import { ElfReader } from './elf-reader.ts';
import { type ElfSource, memorySource } from './elf-source.ts';
import { isNode, nodeAddon, nodeVersion } from './node-facts.ts';
import { isNote, isOnlyForDebuggers, readSections } from './sections.ts';
import { readSegments, type Segment, segmentType } from './segments.ts';
import { readVersionDefinitions, readVersionNeeds } from './symbol-versions.ts';

/** https://gabi.xinuos.com/elf/02-eheader.html, e_type */
const types: Readonly<Record<number, ElfType>> = { 1: 'rel', 2: 'exec', 3: 'dyn', 4: 'core' };

/** Far more than any real file has. */
const maxNeeded = 1024;

export function isElf(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;
}

type Kept = { -readonly [Key in keyof ElfFile]: ElfFile[Key] };

/**
 * Reads headers, the dynamic section and the tables that it leads to: some kilobytes, and of Node.js all of it, for its
 * version.
 * @throws ElfError when an offset leads out of the file, or a count is beyond reason
 */
export function readElf(path: string, content: Uint8Array | ElfSource): ElfFile {
  const source = content instanceof Uint8Array ? memorySource(content) : content;
  const reader = new ElfReader(source);
  const header = reader.view(0, reader.wide ? 64 : 52);
  const file = readHeader(path, reader, header);
  // Memory of what has crashed: nothing that is to run.
  if (file.type === 'core') return file;
  try {
    return readParts(file, reader, header, source);
  } catch (error) {
    if (error instanceof ElfError && isOnlyForDebuggers(readSections(reader, header))) {
      return { ...readHeader(path, reader, header), type: 'debug' };
    }
    throw error;
  }
}

function readHeader(path: string, reader: ElfReader, header: DataView): Kept {
  const bits = reader.wide ? 64 : 32;
  return {
    path,
    bits,
    byteOrder: reader.littleEndian ? 'little' : 'big',
    machine: elfMachine(reader.u16(header, 18), bits, reader.littleEndian),
    type: types[reader.u16(header, 16)] ?? 'other',
    needed: [],
    rpath: [],
    runpath: [],
    versionNeeds: [],
    versions: [],
  };
}

function readParts(file: Kept, reader: ElfReader, header: DataView, source: ElfSource): ElfFile {
  const segments = readSegments(reader, header);
  for (const { type, offset, sizeBytes } of segments) {
    const isLoaded = type === segmentType.load && sizeBytes > 0;
    if (isLoaded && offset + sizeBytes > reader.sizeBytes) throw new ElfError('the file is cut short');
  }
  const interpreter = segments.find(({ type }) => type === segmentType.interpreter);
  if (interpreter) file.interpreter = readInterpreter(reader, interpreter);
  const dynamic = readDynamicSection(reader, segments);
  if (dynamic) addDynamic(file, reader, dynamic);
  const has = dynamic && definedSymbols(reader, dynamic);
  if (has) addNodeFacts(file, has, source, segments);
  const buildId = findBuildId(reader, header, segments);
  if (buildId) file.buildId = buildId;
  return file;
}

function readInterpreter(reader: ElfReader, { offset, sizeBytes }: Segment): string {
  const interpreter = reader.text(offset, offset + sizeBytes);
  if (interpreter === '') throw new ElfError('it needs a loader, and names none');
  return interpreter;
}

/** Object files have no segments, and Go's programs leave theirs out of them. */
function findBuildId(reader: ElfReader, header: DataView, segments: readonly Segment[]): string | undefined {
  const notes = segments.filter(({ type }) => type === segmentType.note);
  return readBuildId(reader, notes) ?? readBuildId(reader, readSections(reader, header).filter(isNote));
}

function addDynamic(file: Kept, reader: ElfReader, dynamic: DynamicSection): void {
  const needed = dynamic.values(dynamicTag.needed);
  if (needed.length > maxNeeded) throw new ElfError(`it needs ${needed.length} libraries`);
  const soname = dynamic.value(dynamicTag.soname);
  if (soname !== undefined) file.soname = dynamic.text(soname);
  file.needed = needed.map(dynamic.text);
  file.rpath = foldersOf(dynamic, dynamicTag.rpath);
  file.runpath = foldersOf(dynamic, dynamicTag.runpath);
  file.versionNeeds = readVersionNeeds(reader, dynamic);
  file.versions = readVersionDefinitions(reader, dynamic);
}

function addNodeFacts(file: Kept, has: HasSymbol, source: ElfSource, segments: readonly Segment[]): void {
  const isLibrary = file.interpreter === undefined && file.type === 'dyn';
  const addon = isLibrary ? nodeAddon(file.path, has) : undefined;
  if (addon) file.addon = addon;
  const loaded = segments.filter(({ type }) => type === segmentType.load);
  const version = isNode(has) ? nodeVersion(source, loaded) : undefined;
  if (version) file.nodeVersion = version;
}

function foldersOf(dynamic: DynamicSection, tag: number): string[] {
  const path = dynamic.value(tag);
  return path === undefined ? [] : dynamic.text(path).split(':').filter(Boolean);
}
