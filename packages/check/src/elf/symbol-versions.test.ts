import { describe, expect, it } from 'vitest';
import { elfBytes } from '../testing/elf-bytes.ts';
import { type DynamicSection, dynamicTag } from './dynamic-section.ts';
import { ElfError } from './elf-error.ts';
import { ElfReader } from './elf-reader.ts';
import { memorySource } from './elf-source.ts';
import { readVersionDefinitions, readVersionNeeds } from './symbol-versions.ts';

const names = ['', 'libc.so.6', 'GLIBC_2.34', 'GLIBC_2.99'];
const [libc, old, future] = [1, 2, 3];

/** Numbers of two and four bytes: [width, value]. */
function bytesOf(...numbers: readonly (readonly [2 | 4, number])[]): Buffer {
  return Buffer.concat(
    numbers.map(([width, value]) => {
      const bytes = Buffer.alloc(width);
      bytes.writeUIntLE(value, 0, width);
      return bytes;
    }),
  );
}

/** vn_version, vn_cnt, vn_file, vn_aux, vn_next */
const need = (count: number, file: number, next = 0) =>
  bytesOf([2, 1], [2, count], [4, file], [4, 16], [4, next]);
/** vna_hash, vna_flags, vna_other, vna_name, vna_next */
const version = (name: number, flags = 0, next = 0) =>
  bytesOf([4, 0], [2, flags], [2, 0], [4, name], [4, next]);

/** A file with a table behind its header, and a dynamic section that says where and how long it is. */
function fileWith(table: Buffer, count: number): [ElfReader, DynamicSection] {
  const header = elfBytes({});
  const counts: readonly number[] = [dynamicTag.versionNeedCount, dynamicTag.versionDefinitionCount];
  const dynamic: DynamicSection = {
    values: () => [],
    value: (tag) => (counts.includes(tag) ? count : undefined),
    offset: () => header.byteLength,
    text: (at) => names[at] ?? '',
  };
  return [new ElfReader(memorySource(Buffer.concat([header, table]))), dynamic];
}

describe('readVersionNeeds', () => {
  it('tells what weak references ask for from the rest', () => {
    const table = Buffer.concat([need(2, libc), version(old, 0, 16), version(future, 2)]);
    expect(readVersionNeeds(...fileWith(table, 1))).toEqual([
      { library: 'libc.so.6', versions: ['GLIBC_2.34'], weak: ['GLIBC_2.99'] },
    ]);
  });

  it('ends where a record is said to be the last, whatever was counted', () => {
    const table = Buffer.concat([need(9, libc), version(old)]);
    expect(readVersionNeeds(...fileWith(table, 9))).toEqual([
      { library: 'libc.so.6', versions: ['GLIBC_2.34'] },
    ]);
  });

  it.each([
    ['libraries', 100_000, Buffer.concat([need(1, libc, 32), version(old)])],
    ['libraries that there are not', 2, Buffer.concat([need(1, libc, 1000), version(old)])],
    ['versions that there are not', 1, Buffer.concat([need(2, libc), version(old, 0, 1000)])],
  ])('refuses too many %s', (_, count, table) => {
    expect(() => readVersionNeeds(...fileWith(table, count))).toThrow(ElfError);
  });

  it('refuses records that lie over one another, and so are more than there is room for', () => {
    const table = Buffer.concat([need(65_535, libc, 1), Buffer.alloc(70_000, 1)]);
    expect(() => readVersionNeeds(...fileWith(table, 4096))).toThrow(ElfError);
  });
});

describe('readVersionDefinitions', () => {
  /** vd_version, vd_flags, vd_ndx, vd_cnt, vd_hash, vd_aux, vd_next; then vda_name, vda_next */
  const definition = (name: number, flags: number, next: number) =>
    bytesOf([2, 1], [2, flags], [2, 0], [2, 1], [4, 0], [4, 20], [4, next], [4, name], [4, 0]);

  it('leaves out the name that the file gives itself', () => {
    const table = Buffer.concat([definition(libc, 1, 28), definition(old, 0, 28), definition(future, 2, 0)]);
    expect(readVersionDefinitions(...fileWith(table, 3))).toEqual(['GLIBC_2.34', 'GLIBC_2.99']);
  });
});

describe('ElfReader', () => {
  it('refuses to read the same over and over', () => {
    const [reader] = fileWith(Buffer.alloc(60_000), 0);
    const again = () => {
      for (let time = 0; time < 1_000_000; time++) reader.view(0, 4);
    };
    expect(again).toThrow('it describes itself at more length than any program');
  });
});
