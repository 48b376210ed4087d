/** An ELF file by its parts; what is left out is not in it. */
export interface ElfParts {
  readonly bits?: 32 | 64;
  readonly byteOrder?: 'little' | 'big';
  /** `e_machine`; 62 is amd64, 183 arm64. */
  readonly machine?: number;
  readonly interpreter?: string;
  readonly needed?: readonly string[];
  readonly runpath?: string;
  readonly rpath?: string;
}

interface Segment {
  readonly type: number;
  readonly start: number;
  readonly end: number;
}

/** Where the file lies in memory, so that an address is never an offset by chance. */
const baseAddress = 0x10000;

/** A small file that readelf understands: headers, PT_INTERP, PT_DYNAMIC and the strings that it names. */
export function elfBytes(parts: ElfParts): Buffer {
  const { bits = 64, byteOrder = 'little', machine = 62 } = parts;
  const wide = bits === 64;
  const write = writer(wide, byteOrder);
  const headerSize = wide ? 64 : 52;
  const entrySize = wide ? 56 : 32;
  const { strings, dynamic } = dynamicSection(parts);
  const hasDynamic = dynamic.length > 0;
  const count = 1 + (parts.interpreter ? 1 : 0) + (hasDynamic ? 1 : 0);

  const interpreter = Buffer.from(parts.interpreter ? `${parts.interpreter}\0` : '');
  const interpreterStart = headerSize + count * entrySize;
  const stringsStart = interpreterStart + interpreter.byteLength;
  const dynamicStart = Math.ceil((stringsStart + strings.byteLength) / 8) * 8;
  const all = [
    ...dynamic,
    ...(hasDynamic
      ? [[5, baseAddress + stringsStart] as const, [10, strings.byteLength] as const, [0, 0] as const]
      : []),
  ];
  const end = dynamicStart + all.length * (wide ? 16 : 8);
  const segments: Segment[] = [{ type: 1, start: 0, end }];
  if (parts.interpreter) segments.push({ type: 3, start: interpreterStart, end: stringsStart });
  if (hasDynamic) segments.push({ type: 2, start: dynamicStart, end });

  return Buffer.concat([
    Buffer.from([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, byteOrder === 'little' ? 1 : 2, 1]),
    Buffer.alloc(9),
    ...[write.u16(3), write.u16(machine), write.u32(1)],
    ...[write.word(0), write.word(headerSize), write.word(0), write.u32(0)],
    ...[headerSize, entrySize, segments.length, 0, 0, 0].map(write.u16),
    ...segments.map((segment) => write.segment(segment)),
    interpreter,
    strings,
    Buffer.alloc(dynamicStart - stringsStart - strings.byteLength),
    ...all.flatMap(([tag, value]) => [write.word(tag), write.word(value)]),
  ]);
}

function dynamicSection(parts: ElfParts): { strings: Buffer; dynamic: (readonly [number, number])[] } {
  let strings = '\0';
  const dynamic: (readonly [number, number])[] = [];
  const add = (tag: number, text: string) => {
    dynamic.push([tag, Buffer.byteLength(strings)]);
    strings += `${text}\0`;
  };
  for (const library of parts.needed ?? []) add(1, library);
  if (parts.rpath !== undefined) add(15, parts.rpath);
  if (parts.runpath !== undefined) add(29, parts.runpath);
  return { strings: Buffer.from(strings), dynamic };
}

function writer(wide: boolean, byteOrder: 'little' | 'big') {
  const number = (value: number, width: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(value));
    const cut = bytes.subarray(0, width);
    return byteOrder === 'little' ? cut : cut.reverse();
  };
  const u16 = (value: number) => number(value, 2);
  const u32 = (value: number) => number(value, 4);
  const word = (value: number) => number(value, wide ? 8 : 4);
  const segment = ({ type, start, end }: Segment) => {
    const place = [start, baseAddress + start, 0, end - start, 2 * (end - start)].map(word);
    const [align, flags] = [word(type === 1 ? 0x1000 : 1), u32(4)];
    return Buffer.concat(wide ? [u32(type), flags, ...place, align] : [u32(type), ...place, flags, align]);
  };
  return { u16, u32, word, segment };
}
