/** What an entry before another says of it. */
export interface ExtendedHeader {
  readonly name?: string;
  readonly target?: string;
  readonly sizeBytes?: number;
}

/** Far more than names and a few attributes take. */
export const maxExtendedBytes = 64 * 1024;

/** Whether an entry of this type only says something of the next one. */
export function isExtendedType(typeFlag: string): boolean {
  return typeFlag === 'x' || typeFlag === 'L' || typeFlag === 'K';
}

/** @throws Error that says what is wrong with it */
export function parseExtendedHeader(typeFlag: string, body: Buffer): ExtendedHeader {
  if (typeFlag === 'x') return fromRecords(body);
  const end = body.indexOf(0);
  const text = body.toString('utf8', 0, end === -1 ? body.byteLength : end);
  return typeFlag === 'L' ? { name: text } : { target: text };
}

/** "length key=value\n", where length counts itself (pax, "pax Extended Header"). */
function fromRecords(body: Buffer): ExtendedHeader {
  let header: ExtendedHeader = {};
  for (let at = 0; at < body.byteLength; ) {
    const blank = body.indexOf(' ', at);
    const digits = body.toString('latin1', at, blank === -1 ? at : blank);
    const end = at + Number(digits);
    const record = body.toString('utf8', blank + 1, end);
    const equals = record.indexOf('=');
    if (!/^[1-9]\d{0,5}$/.test(digits) || end > body.byteLength || equals === -1 || !record.endsWith('\n')) {
      throw new Error('an extended header cannot be read');
    }
    header = { ...header, ...fromRecord(record.slice(0, equals), record.slice(equals + 1, -1)) };
    at = end;
  }
  return header;
}

function fromRecord(key: string, value: string): ExtendedHeader {
  if (key === 'path') return { name: value };
  if (key === 'linkpath') return { target: value };
  if (key !== 'size') return {};
  if (!/^\d{1,15}$/.test(value)) throw new Error('an extended header has no size that can be read');
  return { sizeBytes: Number(value) };
}
