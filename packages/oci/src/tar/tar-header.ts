import { writeNumber } from './header-number.ts';
import type { TarEntry, TarFile } from './tar-entry.ts';

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html, "ustar Interchange Format" */
export const blockSize = 512;

/** What seven octal digits hold. */
const maxId = 0o7777777;

const typeFlags = { file: '0', hardlink: '1', symlink: '2', directory: '5', pax: 'x' } as const;

interface HeaderFields {
  readonly name: string;
  readonly prefix: string;
  readonly type: keyof typeof typeFlags;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly sizeBytes: number;
  readonly mtimeSeconds: number;
  readonly linkName: string;
}

/** A file whose content is elsewhere, and of any size: whoever asks for its header writes the rest. */
export type SizedFile = Omit<TarFile, 'content'> & { readonly sizeBytes: number };

/** The header block of an entry, after a PAX header where the ustar fields are too short for its names. */
export function* tarHeader(entry: TarEntry | SizedFile, mtimeSeconds: number): Iterable<Uint8Array> {
  const path = entry.type === 'directory' ? `${entry.path}/` : entry.path;
  const target = 'target' in entry ? entry.target : '';
  const split = splitPath(path);
  const records: [string, string][] = [];
  if (!split) records.push(['path', path]);
  if (Buffer.byteLength(target) > 100) records.push(['linkpath', target]);
  const { uid = 0, gid = 0 } = entry;
  if (uid > maxId) records.push(['uid', String(uid)]);
  if (gid > maxId) records.push(['gid', String(gid)]);
  const common = { uid: uid > maxId ? 0 : uid, gid: gid > maxId ? 0 : gid, mtimeSeconds };

  if (records.length > 0) {
    const body = Buffer.from(records.map(([key, value]) => paxRecord(key, value)).join(''));
    // No process number in the name, as other writers have it: the same entry gives the same bytes.
    const fields = { ...common, name: 'PaxHeader', prefix: '', mode: 0o644, linkName: '' };
    yield headerBlock({ ...fields, type: 'pax', sizeBytes: body.byteLength });
    yield body;
    yield padding(body.byteLength);
  }
  yield headerBlock({
    ...common,
    name: split?.name ?? truncate(path),
    prefix: split?.prefix ?? '',
    type: entry.type,
    mode: entry.mode,
    sizeBytes: contentSize(entry),
    linkName: truncate(target),
  });
}

function contentSize(entry: TarEntry | SizedFile): number {
  if (entry.type !== 'file') return 0;
  return 'sizeBytes' in entry ? entry.sizeBytes : entry.content.byteLength;
}

/** Zeros up to the next block. */
export function padding(sizeBytes: number): Uint8Array {
  return new Uint8Array((blockSize - (sizeBytes % blockSize)) % blockSize);
}

function headerBlock(fields: HeaderFields): Uint8Array {
  const block = Buffer.alloc(blockSize);
  block.write(fields.name, 0, 100);
  writeNumber(block, fields.mode, 100, 8);
  writeNumber(block, fields.uid, 108, 8);
  writeNumber(block, fields.gid, 116, 8);
  writeNumber(block, fields.sizeBytes, 124, 12);
  writeNumber(block, fields.mtimeSeconds, 136, 12);
  block.write('        ', 148);
  block.write(typeFlags[fields.type], 156);
  block.write(fields.linkName, 157, 100);
  block.write('ustar\0' + '00', 257);
  writeNumber(block, 0, 329, 8);
  writeNumber(block, 0, 337, 8);
  block.write(fields.prefix, 345, 155);
  const checksum = block.reduce((sum, byte) => sum + byte, 0);
  block.write(`${checksum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** Splits at a slash so that the name fits in 100 bytes and the prefix in 155, if there is such a slash. */
function splitPath(path: string): { name: string; prefix: string } | undefined {
  if (!isAscii(path)) return undefined;
  if (path.length <= 100) return { name: path, prefix: '' };
  for (let slash = path.indexOf('/'); slash !== -1 && slash <= 155; slash = path.indexOf('/', slash + 1)) {
    const nameLength = path.length - slash - 1;
    if (nameLength > 0 && nameLength <= 100 && slash > 0) {
      return { name: path.slice(slash + 1), prefix: path.slice(0, slash) };
    }
  }
  return undefined;
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}

/** What readers that know no PAX see: as much of the name as fits, cut between characters. */
function truncate(text: string): string {
  const cut = Buffer.from(text).subarray(0, 100).toString('utf8');
  return cut.replace(/�+$/, '');
}

/** "length key=value\n", where length counts itself. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const restBytes = Buffer.byteLength(rest);
  let length = restBytes + 1;
  while (restBytes + String(length).length !== length) length = restBytes + String(length).length;
  return `${length}${rest}`;
}
