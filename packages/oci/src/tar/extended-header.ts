import type { TarHeader } from './read-header.ts';

type Overrides = { -readonly [Key in keyof TarHeader]?: TarHeader[Key] };

/** Longer than any names; they are read whole. */
const maxExtendedBytes = 8 * 1024 * 1024;

/** Entries that say something of the next entry, or, "g", of all that come. */
const flags = ['x', 'g', 'L', 'K'];

export function isExtended({ typeFlag, sizeBytes }: TarHeader): boolean {
  if (!flags.includes(typeFlag)) return false;
  if (sizeBytes > maxExtendedBytes) throw new Error('A tar header is too long.');
  return true;
}

/** What extended headers say instead of the entry's own. */
export class ExtendedHeaders {
  #forAll: Overrides = {};
  #forNext: Overrides = {};

  add({ typeFlag }: TarHeader, content: Uint8Array): void {
    const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    if (typeFlag === 'g') this.#forAll = { ...this.#forAll, ...paxOverrides(bytes) };
    else if (typeFlag === 'x') this.#forNext = { ...this.#forNext, ...paxOverrides(bytes) };
    else if (typeFlag === 'L') this.#forNext.name = gnuName(bytes);
    else this.#forNext.linkName = gnuName(bytes);
  }

  /** The entry as it is meant; the next one begins anew. */
  apply(header: TarHeader): TarHeader {
    const meant = { ...header, ...this.#forAll, ...this.#forNext };
    this.#forNext = {};
    return meant;
  }
}

/** https://www.gnu.org/software/tar/manual/html_node/Standard.html, GNUTYPE_LONGNAME */
function gnuName(bytes: Buffer): string {
  const nul = bytes.indexOf(0);
  return bytes.toString('utf8', 0, nul === -1 ? bytes.byteLength : nul);
}

/** Records "length key=value\n". "pax Extended Header" */
function paxOverrides(bytes: Buffer): Overrides {
  const overrides: Overrides = {};
  for (let at = 0; at < bytes.byteLength; ) {
    const space = bytes.indexOf(0x20, at);
    const length = space === -1 ? Number.NaN : Number.parseInt(bytes.toString('latin1', at, space), 10);
    if (!(length > 0)) break;
    const record = bytes.toString('utf8', space + 1, at + length - 1);
    const equals = record.indexOf('=');
    if (equals > 0) override(overrides, record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return overrides;
}

function override(overrides: Overrides, key: string, value: string): void {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (key === 'path') overrides.name = value;
  else if (key === 'linkpath') overrides.linkName = value;
  else if (!Number.isSafeInteger(number)) return;
  else if (key === 'size') overrides.sizeBytes = number;
  else if (key === 'uid') overrides.uid = number;
  else if (key === 'gid') overrides.gid = number;
}
