import { ElfError } from '../elf/elf-error.ts';
import { ElfReader } from '../elf/elf-reader.ts';
import { type ElfSource, memorySource } from '../elf/elf-source.ts';
import { NodeVersionSearch } from '../elf/node-facts.ts';
import { readSegments, type Segment, segmentType } from '../elf/segments.ts';

/** Where names, versions and symbols are: compilers put them before all code. */
const frontBytes = 4 * 1024 * 1024;
/** Of what program headers lead to. */
const maxDescribedBytes = 32 * 1024 * 1024;
/** Where the section headers are. */
const backBytes = 4 * 1024 * 1024;

/** Something was asked for that was not kept. The file has to be read again, and kept as a whole. */
export class PartNotKept extends Error {}

interface Piece {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/**
 * A large ELF file of which only what is looked at was kept while it passed: its front, its back, and what its program
 * headers lead to. What there is of it in between, hundreds of megabytes of code, is let go.
 * @param first its beginning, in which the program headers are
 */
export async function keptParts(
  first: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): Promise<ElfSource> {
  const segments = segmentsOf(Buffer.concat(first));
  const described = describedParts(segments);
  const code = segments.filter(({ isExecutable }) => isExecutable);
  const kept: Piece[] = [];
  const back: Piece[] = [];
  const seen = new NodeVersionSearch();
  let sizeBytes = 0;
  const pass = (bytes: Uint8Array) => {
    const piece = { start: sizeBytes, bytes };
    sizeBytes += bytes.byteLength;
    // Texts are rarely in code, which is most of a program.
    if (isWithin(piece, code)) seen.skip();
    else seen.pass(bytes);
    back.push(piece);
    while (back[1] && back[1].start <= sizeBytes - backBytes) {
      const [oldest] = back.splice(0, 1);
      if (oldest && isWanted(oldest, described)) kept.push(oldest);
    }
  };
  for (const bytes of first) pass(bytes);
  for (let next = await rest.next(); !next.done; next = await rest.next()) pass(next.value);
  return sourceOf([...kept, ...back], sizeBytes, seen);
}

type Range = readonly [start: number, end: number];

/** None where the file contradicts itself: whoever reads it says so. */
function segmentsOf(beginning: Uint8Array): readonly Segment[] {
  try {
    const reader = new ElfReader(memorySource(beginning));
    return readSegments(reader, reader.view(0, reader.wide ? 64 : 52));
  } catch (error) {
    if (error instanceof ElfError) return [];
    throw error;
  }
}

function describedParts(segments: readonly Segment[]): Range[] {
  const wanted: readonly number[] = [segmentType.dynamic, segmentType.interpreter, segmentType.note];
  return segments
    .filter(({ type, offset, isExecutable }) => wanted.includes(type) || (offset === 0 && !isExecutable))
    .map(({ offset, sizeBytes }) => [offset, offset + Math.min(sizeBytes, maxDescribedBytes)]);
}

function isWithin({ start, bytes }: Piece, segments: readonly Segment[]): boolean {
  const end = start + bytes.byteLength;
  return segments.some(({ offset, sizeBytes }) => start >= offset && end <= offset + sizeBytes);
}

function isWanted({ start, bytes }: Piece, described: readonly Range[]): boolean {
  const end = start + bytes.byteLength;
  return start < frontBytes || described.some(([from, to]) => start < to && end > from);
}

/** A file that is in memory as it came. */
export function chunksSource(chunks: readonly Uint8Array[]): ElfSource {
  let sizeBytes = 0;
  const pieces = chunks.map((bytes): Piece => {
    const start = sizeBytes;
    sizeBytes += bytes.byteLength;
    return { start, bytes };
  });
  return { sizeBytes, read: (start, end) => readPieces(pieces, start, Math.min(end, sizeBytes)) };
}

function sourceOf(pieces: readonly Piece[], sizeBytes: number, seen: NodeVersionSearch): ElfSource {
  const read = (start: number, end: number) => readPieces(pieces, start, Math.min(end, sizeBytes));
  const nodeVersion = () => {
    if (seen.version !== undefined) return seen.version;
    throw new PartNotKept('it is not where it is in every Node.js');
  };
  return { sizeBytes, read, nodeVersion };
}

/** @throws PartNotKept where there is a gap */
function readPieces(pieces: readonly Piece[], start: number, end: number): Uint8Array {
  const found: Uint8Array[] = [];
  let at = start;
  for (let index = indexAt(pieces, start); at < end; index++) {
    const piece = pieces[index];
    if (!piece || piece.start > at) throw new PartNotKept(`nothing is kept at ${at}`);
    const part = piece.bytes.subarray(at - piece.start, end - piece.start);
    found.push(part);
    at += part.byteLength;
  }
  return found.length === 1 && found[0] ? found[0] : Buffer.concat(found);
}

/** The last piece that begins at or before a position. */
function indexAt(pieces: readonly Piece[], position: number): number {
  let [low, high] = [0, pieces.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((pieces[middle]?.start ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low];
  // A gap: what comes next is looked at, and does not begin where it should.
  return piece && position >= piece.start + piece.bytes.byteLength ? low + 1 : low;
}
