import { type DynamicSection, dynamicTag } from './dynamic-section.ts';
import { ElfError } from './elf-error.ts';
import type { VersionNeed } from './elf-file.ts';
import type { ElfReader } from './elf-reader.ts';

/** https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/symversion.html */
const flag = { base: 1, weak: 2 } as const;

/** Far more than any real file has, of libraries and of versions. */
const maxRecords = 4096;

/** SHT_GNU_verneed. */
export function readVersionNeeds(reader: ElfReader, dynamic: DynamicSection): VersionNeed[] {
  const needs: VersionNeed[] = [];
  let left = maxRecords;
  for (const start of chain(reader, tableOf(dynamic, 'Needs'), 12)) {
    const need = reader.view(start, 16);
    const versions: string[] = [];
    const weak: string[] = [];
    const first = start + reader.u32(need, 8);
    for (const at of chain(reader, { start: first, count: reader.u16(need, 2) }, 12)) {
      if (--left < 0) throw new ElfError(`it asks for over ${maxRecords} versions`);
      const version = reader.view(at, 16);
      const isWeak = (reader.u16(version, 4) & flag.weak) !== 0;
      (isWeak ? weak : versions).push(dynamic.text(reader.u32(version, 8)));
    }
    const library = dynamic.text(reader.u32(need, 4));
    needs.push({ library, versions, ...(weak.length > 0 ? { weak } : {}) });
  }
  return needs;
}

/** SHT_GNU_verdef, the names only; the one that the file gives itself is none. */
export function readVersionDefinitions(reader: ElfReader, dynamic: DynamicSection): string[] {
  const versions: string[] = [];
  for (const start of chain(reader, tableOf(dynamic, 'Definitions'), 16)) {
    const definition = reader.view(start, 20);
    if (reader.u16(definition, 2) & flag.base) continue;
    const name = reader.view(start + reader.u32(definition, 12), 8);
    versions.push(dynamic.text(reader.u32(name, 0)));
  }
  return versions;
}

interface Table {
  readonly start: number;
  readonly count: number;
}

function tableOf(dynamic: DynamicSection, kind: 'Needs' | 'Definitions'): Table {
  const [tag, countTag] =
    kind === 'Needs'
      ? [dynamicTag.versionNeeds, dynamicTag.versionNeedCount]
      : [dynamicTag.versionDefinitions, dynamicTag.versionDefinitionCount];
  const start = dynamic.offset(tag);
  return { start: start ?? 0, count: start === undefined ? 0 : (dynamic.value(countTag) ?? 0) };
}

/** Where records begin that each say how far the next one is. @param nextAt where in a record it says so */
function* chain(reader: ElfReader, { start, count }: Table, nextAt: number): Iterable<number> {
  if (count > maxRecords) throw new ElfError(`it claims ${count} records of versions`);
  let at = start;
  for (let index = 0; index < count; index++) {
    yield at;
    const next = reader.u32(reader.view(at + nextAt, 4), 0);
    if (next === 0) return;
    at += next;
  }
}
