import { collectBytes, messageOf, type ReadEntry, readTar } from '@catamaran/oci';
import { buildErrors } from '../../errors.ts';
import { decompressed } from './decompress.ts';

export interface DebEntry extends Omit<ReadEntry, 'content'> {
  readonly bytes: Uint8Array;
}

/** The two archives in a .deb file. https://manpages.debian.org/bookworm/dpkg-dev/deb.5.en.html */
export interface DebArchive {
  readonly control: readonly DebEntry[];
  readonly data: readonly DebEntry[];
}

/** @throws CATA_DEB_INVALID */
export async function readDeb(bytes: Uint8Array, name: string): Promise<DebArchive> {
  const members = new Map(arMembers(bytes, name));
  if (!members.has('debian-binary'))
    throw buildErrors.CATA_DEB_INVALID({ name, reason: 'it has no debian-binary' });
  return {
    control: await readMember(members, 'control', name),
    data: await readMember(members, 'data', name),
  };
}

/** ar(5): 60-byte headers, names padded with blanks, contents aligned to two bytes. */
function* arMembers(bytes: Uint8Array, name: string): Iterable<[string, Uint8Array]> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.toString('latin1', 0, 8) !== '!<arch>\n') {
    throw buildErrors.CATA_DEB_INVALID({ name, reason: 'it is no ar archive' });
  }
  for (let offset = 8; offset + 60 <= buffer.length; ) {
    const member = buffer
      .toString('latin1', offset, offset + 16)
      .trimEnd()
      .replace(/\/$/, '');
    const size = buffer.toString('latin1', offset + 48, offset + 58);
    const sizeBytes = Number(size);
    const start = offset + 60;
    // A negative number would lead back to this header, for ever.
    if (!/^\d+ *$/.test(size) || start + sizeBytes > buffer.length) {
      throw buildErrors.CATA_DEB_INVALID({ name, reason: `"${member}" is cut short` });
    }
    yield [member, buffer.subarray(start, start + sizeBytes)];
    offset = start + sizeBytes + (sizeBytes % 2);
  }
}

async function readMember(
  members: ReadonlyMap<string, Uint8Array>,
  stem: string,
  name: string,
): Promise<DebEntry[]> {
  const [member, compressed] = [...members].find(([key]) => key.startsWith(`${stem}.tar`)) ?? [];
  if (!member || !compressed) throw buildErrors.CATA_DEB_INVALID({ name, reason: `it has no ${stem}.tar` });
  try {
    const entries: DebEntry[] = [];
    for await (const entry of readTar(decompressed(member, compressed))) {
      const { content, ...rest } = entry;
      entries.push({
        ...rest,
        bytes: rest.type === 'file' ? await collectBytes(content()) : new Uint8Array(),
      });
    }
    return entries;
  } catch (cause) {
    const reason = messageOf(cause);
    throw buildErrors.CATA_DEB_INVALID({ name, reason }, { cause });
  }
}
