import { type DynamicSection, dynamicTag } from './dynamic-section.ts';
import type { ElfReader } from './elf-reader.ts';

/** Symbols that share a hash bucket; real files have a handful. */
const maxChain = 4096;

/** Whether a file has a symbol for others. Tells by the hash table, as the loader does. */
export type HasSymbol = (name: string) => boolean;

/** Undefined where there is nothing to tell it by. */
export function definedSymbols(reader: ElfReader, dynamic: DynamicSection): HasSymbol | undefined {
  const symbols = dynamic.offset(dynamicTag.symbolTable);
  if (symbols === undefined) return undefined;
  const isNamed = (index: number, name: string) => {
    const symbol = reader.view(symbols + index * (reader.wide ? 24 : 16), reader.wide ? 24 : 16);
    // st_shndx: with gABI's table, symbols that are only asked for are in it as well.
    return reader.u16(symbol, reader.wide ? 6 : 14) !== 0 && dynamic.text(reader.u32(symbol, 0)) === name;
  };
  const gnu = dynamic.offset(dynamicTag.gnuHash);
  if (gnu !== undefined) return (name) => inGnuTable(reader, gnu, name, isNamed);
  const table = dynamic.offset(dynamicTag.hash);
  return table === undefined ? undefined : (name) => inTable(reader, table, name, isNamed);
}

type IsNamed = (index: number, name: string) => boolean;

/** https://sourceware.org/gnu-gabi/program-loading-and-dynamic-linking.txt, DT_GNU_HASH */
function inGnuTable(reader: ElfReader, table: number, name: string, isNamed: IsNamed): boolean {
  const header = reader.view(table, 16);
  const [buckets = 0, firstSymbol = 0, bloomWords = 0, shift = 0] = [0, 4, 8, 12].map((at) =>
    reader.u32(header, at),
  );
  if (buckets === 0 || bloomWords === 0) return false;
  const hash = gnuHash(name);
  const bits = 8 * reader.wordBytes;
  const bloomAt = table + 16 + (Math.floor(hash / bits) % bloomWords) * reader.wordBytes;
  if (!hasBit(reader, bloomAt, hash % bits) || !hasBit(reader, bloomAt, (hash >>> shift) % bits))
    return false;
  const bucketsAt = table + 16 + bloomWords * reader.wordBytes;
  const first = reader.u32(reader.view(bucketsAt + (hash % buckets) * 4, 4), 0);
  if (first < firstSymbol) return false;
  const chainAt = bucketsAt + buckets * 4;
  for (let index = first; index < first + maxChain; index++) {
    const entry = reader.u32(reader.view(chainAt + (index - firstSymbol) * 4, 4), 0);
    if (entry >>> 1 === hash >>> 1 && isNamed(index, name)) return true;
    if (entry & 1) return false;
  }
  return false;
}

/** One bit of a word, whatever the byte order. */
function hasBit(reader: ElfReader, at: number, bit: number): boolean {
  const bytes = reader.wordBytes;
  const index = Math.floor(bit / 8);
  const byte = reader.view(at, bytes).getUint8(reader.littleEndian ? index : bytes - 1 - index);
  return ((byte >>> (bit % 8)) & 1) === 1;
}

/** https://gabi.xinuos.com/elf/08-dynamic.html#hash-table */
function inTable(reader: ElfReader, table: number, name: string, isNamed: IsNamed): boolean {
  const buckets = reader.u32(reader.view(table, 4), 0);
  if (buckets === 0) return false;
  const u32At = (index: number) => reader.u32(reader.view(table + 8 + index * 4, 4), 0);
  let index = u32At(systemVHash(name) % buckets);
  for (let steps = 0; index !== 0 && steps < maxChain; steps++) {
    if (isNamed(index, name)) return true;
    index = u32At(buckets + index);
  }
  return false;
}

function gnuHash(name: string): number {
  let hash = 5381;
  for (const byte of Buffer.from(name)) hash = (Math.imul(hash, 33) + byte) >>> 0;
  return hash;
}

function systemVHash(name: string): number {
  let hash = 0;
  for (const byte of Buffer.from(name)) {
    hash = ((hash << 4) + byte) >>> 0;
    const high = hash & 0xf0000000;
    hash = (hash ^ (high >>> 24) ^ high) >>> 0;
  }
  return hash;
}
