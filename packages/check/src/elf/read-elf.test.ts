import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ElfParts, elfBytes } from '../testing/elf-bytes.ts';
import { elfFile } from '../testing/elf-image.ts';
import { hasReadelf, readelf, readelfAll } from '../testing/readelf.ts';
import { ElfError } from './elf-error.ts';
import { isElf, readElf } from './read-elf.ts';

const full: ElfParts = {
  interpreter: '/lib64/ld-linux-x86-64.so.2',
  needed: ['libé.so.1', 'libc.so.6'],
  rpath: '/old',
  runpath: '$ORIGIN/../lib:/opt/lib',
};

/** What is the same of all files here that say nothing else. */
const plain = elfFile('a');

/** The result, or the ElfError; anything else that is thrown is thrown on. */
function attempt(bytes: Uint8Array) {
  try {
    return readElf('a', bytes);
  } catch (error) {
    if (error instanceof ElfError) return error;
    throw error;
  }
}

/** A 64-bit file with some bytes written over. */
function changed(parts: ElfParts, write: (bytes: Buffer) => void): Buffer {
  const bytes = elfBytes(parts);
  write(bytes);
  return bytes;
}

describe('readElf', () => {
  it('reads what a file is for and what it needs', () => {
    expect(readElf('bin/a', elfBytes(full))).toEqual({
      ...plain,
      path: 'bin/a',
      interpreter: '/lib64/ld-linux-x86-64.so.2',
      needed: ['libé.so.1', 'libc.so.6'],
      rpath: ['/old'],
      runpath: ['$ORIGIN/../lib', '/opt/lib'],
    });
  });

  it('leaves out folders without a name', () => {
    expect(readElf('a', elfBytes({ rpath: '/a::/b:' })).rpath).toEqual(['/a', '/b']);
  });

  it('reads a static file: no loader, no libraries', () => {
    expect(readElf('a', elfBytes({ machine: 183 }))).toEqual({ ...plain, machine: 'arm64' });
  });

  it('names a machine by its number when it has no other name', () => {
    expect(readElf('a', elfBytes({ machine: 999 })).machine).toBe('machine 999');
    expect(readElf('a', elfBytes({ machine: 247 })).machine).toBe('bpf');
    expect(readElf('a', elfBytes({ bits: 32 })).machine).toBe('x32');
    expect(readElf('a', elfBytes({ bits: 32, machine: 40 })).machine).toBe('arm');
    expect(readElf('a', elfBytes({ byteOrder: 'big', machine: 21 })).machine).toBe('ppc64');
    expect(readElf('a', elfBytes({ machine: 21 })).machine).toBe('ppc64le');
  });

  it('stops at the end of the dynamic section that the section itself has', () => {
    const ended = changed({ needed: ['liba.so.1', 'libb.so.1'] }, (bytes) => {
      const [first, second] = [bytes.byteLength - 5 * 16, bytes.byteLength - 4 * 16];
      // The two entries about the strings come first, then DT_NULL, then what nobody may see.
      bytes.copy(bytes, first, bytes.byteLength - 3 * 16, bytes.byteLength);
      bytes.writeBigUInt64LE(1n, second + 2 * 16);
    });
    expect(readElf('a', ended).needed).toEqual([]);
  });

  it('reads a file that lies in the middle of a buffer', () => {
    const bytes = elfBytes(full);
    const middle = Buffer.concat([Buffer.alloc(3, 1), bytes, Buffer.alloc(3, 1)]).subarray(3, -3);
    expect(readElf('a', middle)).toEqual(readElf('a', bytes));
  });
});

describe.skipIf(!hasReadelf())('readelf of binutils', () => {
  it('says the same of programs and libraries of this machine', () => {
    const folders = ['/usr/sbin', '/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64'];
    const paths = folders.filter(existsSync).flatMap((folder) =>
      readdirSync(folder)
        .slice(0, 150)
        .map((name) => join(folder, name)),
    );
    // Ours comes last: all of it is read, for its version.
    const files = new Map(
      [...paths, realpathSync(process.execPath)]
        .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
        .map((path) => ({ path, bytes: readFileSync(path) }))
        .filter(({ bytes }) => isElf(bytes))
        .map(({ path, bytes }) => [path, readElf(path, bytes)]),
    );
    expect(files.size).toBeGreaterThan(100);
    const theirs = readelfAll([...files.keys()]);
    for (const [path, { addon, nodeVersion, ...file }] of files) {
      expect(file).toEqual({ path, ...theirs.get(path) });
    }
    expect(files.get(realpathSync(process.execPath))?.nodeVersion).toBe(process.versions.node);
  });

  const kinds: [string, ElfParts][] = [
    ['64-bit, little-endian', full],
    ['64-bit, big-endian', { ...full, byteOrder: 'big', machine: 22 }],
    ['32-bit, little-endian', { ...full, bits: 32, machine: 40 }],
    ['32-bit, big-endian', { ...full, bits: 32, byteOrder: 'big', machine: 20 }],
    ['static, 32-bit, big-endian', { bits: 32, byteOrder: 'big', machine: 8 }],
    ['without a loader', { needed: ['libc.so.6'], rpath: '/a' }],
  ];
  it.each(kinds)('says the same of a file that is %s', (_, parts) => {
    const folder = mkdtempSync(join(tmpdir(), 'catamaran-check-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, 'file');
    // readelf reads no UTF-8.
    const bytes = elfBytes({ ...parts, ...(parts.needed ? { needed: ['libe.so.1', 'libc.so.6'] } : {}) });
    writeFileSync(path, bytes);
    expect(readElf(path, bytes)).toEqual({ path, ...readelf(path) });
  });
});

describe('a file that is not whole', () => {
  const whole: [string, ElfParts][] = [
    ['64-bit', full],
    ['32-bit, big-endian', { ...full, bits: 32, byteOrder: 'big', machine: 20 }],
  ];

  it.each(whole)('is an ElfError wherever it is cut short (%s)', (_, parts) => {
    const bytes = elfBytes(parts);
    // Only the DT_NULL at its end can be missed by nobody.
    for (let length = 0; length < bytes.byteLength; length++) {
      const isInside = length < bytes.byteLength - (parts.bits === 32 ? 8 : 16);
      const result = attempt(bytes.subarray(0, length));
      if (isInside) expect(result).toBeInstanceOf(ElfError);
    }
  });

  it.each(whole)('is an ElfError or a file, whatever bytes are changed (%s)', (_, parts) => {
    const bytes = elfBytes(parts);
    const change = fc.tuple(
      fc.nat(bytes.byteLength - 1),
      fc.oneof(fc.constantFrom(0, 0x7f, 0x80, 0xff), fc.nat(255)),
    );
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 16 }), (changes) => {
        const damaged = Buffer.from(bytes);
        for (const [at, value] of changes) damaged[at] = value;
        const result = attempt(damaged);
        if (!(result instanceof ElfError)) expect(JSON.stringify(result).length).toBeLessThan(10_000);
      }),
      { numRuns: 3000 },
    );
  });

  it('is an ElfError or a file when all but its first four bytes are anything', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (rest) => {
        attempt(Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46]), rest]));
      }),
    );
  });

  it.each([
    ['65535 program headers', (bytes: Buffer) => bytes.writeUInt16LE(65_535, 56)],
    [
      'program headers beyond the end',
      (bytes: Buffer) => bytes.writeBigUInt64LE(BigInt(bytes.byteLength), 32),
    ],
    ['program headers beyond 2^53', (bytes: Buffer) => bytes.writeBigUInt64LE(2n ** 53n + 1n, 32)],
    ['program headers at 2^64 - 1', (bytes: Buffer) => bytes.writeBigUInt64LE(2n ** 64n - 1n, 32)],
    ['a loader of 2^63 bytes', (bytes: Buffer) => bytes.writeBigUInt64LE(2n ** 63n, 64 + 56 + 32)],
    [
      'a loader that lies at 2^64 - 1',
      (bytes: Buffer) => bytes.writeBigUInt64LE(2n ** 64n - 1n, 64 + 56 + 8),
    ],
    [
      'a dynamic section beyond 2^53',
      (bytes: Buffer) => bytes.writeBigUInt64LE(2n ** 53n + 2n, 64 + 112 + 8),
    ],
  ])('is an ElfError when its header claims %s', (_, write) => {
    expect(attempt(changed(full, write))).toBeInstanceOf(ElfError);
  });

  it('is an ElfError when its program headers are not as long as any', () => {
    const bytes = changed({}, (header) => {
      header.writeUInt16LE(0, 54);
      header.writeUInt16LE(65_535, 56);
    });
    expect(attempt(bytes)).toBeInstanceOf(ElfError);
  });

  it('reads up to the end of the file when the dynamic section has no end', () => {
    const endless = changed(full, (bytes) => {
      bytes.writeBigUInt64LE(2n ** 63n, 64 + 112 + 32);
      bytes.writeBigUInt64LE(1n, bytes.byteLength - 16);
    });
    expect(attempt(endless)).toBeInstanceOf(ElfError);
  });

  it('is an ElfError when it asks for more libraries, or longer names, than any real one', () => {
    const needed = Array.from({ length: 1025 }, () => 'a');
    expect(attempt(elfBytes({ needed }))).toBeInstanceOf(ElfError);
    expect(attempt(elfBytes({ needed: ['x'.repeat(70_000)] }))).toBeInstanceOf(ElfError);
    expect(attempt(elfBytes({ needed: needed.slice(1), runpath: 'x'.repeat(60_000) }))).not.toBeInstanceOf(
      ElfError,
    );
  });
});

it('isElf knows the four bytes that every ELF file begins with', () => {
  expect(isElf(elfBytes({}))).toBe(true);
  for (const text of ['', '\x7fEL', '#!/bin/sh', 'ELF', '\x7felf'])
    expect(isElf(Buffer.from(text))).toBe(false);
});
