/** Where the paragraphs begin whose package has this name, in the order of the file. */
export type NameIndex = (name: string) => readonly number[];

const nameField = 'Package';
const newline = 0x0a;

/**
 * Indexes a `Packages` file by the names of its packages. Of each there are two numbers and no string: 60,000 of those
 * would take longer to be made, and to be thrown away, than all else that is done with the file.
 */
export function indexNames(bytes: Uint8Array): NameIndex {
  const text = asBuffer(bytes);
  const prefix = `${nameField}: `;
  const starts: number[] = [];
  const hashes: number[] = [];
  for (const start of fieldStarts(bytes, nameField)) {
    starts.push(start - prefix.length);
    hashes.push(hashOfLine(text, start));
  }
  return (name) => {
    const line = Buffer.from(`${prefix}${name}\n`, 'latin1');
    const wanted = hashOfLine(line, prefix.length);
    const found: number[] = [];
    for (let at = hashes.indexOf(wanted); at !== -1; at = hashes.indexOf(wanted, at + 1)) {
      const start = starts[at] ?? 0;
      if (line.equals(text.subarray(start, start + line.length))) found.push(start);
    }
    return found;
  };
}

/** Where the values of a field begin, in the order of the file. */
export function* fieldStarts(bytes: Uint8Array, field: string): Iterable<number> {
  const text = asBuffer(bytes);
  const first = `${field}: `;
  const needle = Buffer.from(`\n${first}`);
  if (text.toString('latin1', 0, first.length) === first) yield first.length;
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + needle.length)) {
    yield at + needle.length;
  }
}

export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** FNV-1a, kept to 30 bits: V8 has such numbers without allocating them. */
function hashOfLine(text: Buffer, start: number): number {
  let hash = 0x11c9dc5;
  for (let at = start; at < text.length && text[at] !== newline; at++) {
    hash = Math.imul(hash ^ (text[at] ?? 0), 0x1000193);
  }
  return hash & 0x3fffffff;
}
