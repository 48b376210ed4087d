import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { readElf } from '../elf/read-elf.ts';
import { elfBytes } from '../testing/elf-bytes.ts';
import { openElf } from './open-elf.ts';

async function* inPieces(bytes: Uint8Array, sizeBytes: number) {
  for (let at = 0; at < bytes.byteLength; at += sizeBytes) yield bytes.subarray(at, at + sizeBytes);
}

const small = elfBytes({ interpreter: '/lib/ld.so', needed: ['libc.so.6', 'libm.so.6'], rpath: '$ORIGIN' });

describe('openElf', () => {
  it.each([1, 3, 4, 1000])('reads a file that comes in pieces of %i bytes', async (sizeBytes) => {
    await using opened = await openElf(inPieces(small, sizeBytes));
    expect(opened && readElf('a', opened.source)).toEqual(readElf('a', small));
  });

  it('reads one that is larger than what is kept in memory, and leaves no file behind', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith(`catamaran-${process.pid}-`));
    const large = Buffer.concat([small, Buffer.alloc(9_000_000, 7)]);
    await using opened = await openElf(inPieces(large, 65_536));
    expect(opened?.source.sizeBytes).toBe(large.byteLength);
    expect(opened && readElf('a', opened.source)).toEqual(readElf('a', large));
    expect(Buffer.from(opened?.source.read(8_000_000, 8_000_003) ?? '')).toEqual(Buffer.from([7, 7, 7]));
    expect(opened?.source.read(large.byteLength - 1, large.byteLength + 5).byteLength).toBe(1);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`catamaran-${process.pid}-`))).toEqual(
      before,
    );
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['the beginning of one', Buffer.from('\x7fEL')],
    ['text', Buffer.from('console.log(1);'.repeat(1000))],
  ])('takes %s for no ELF file, and reads it to its end', async (_, bytes) => {
    let readBytes = 0;
    const counted = async function* () {
      for await (const piece of inPieces(bytes, 100)) {
        readBytes += piece.byteLength;
        yield piece;
      }
    };
    expect(await openElf(counted())).toBeUndefined();
    expect(readBytes).toBe(bytes.byteLength);
  });
});
