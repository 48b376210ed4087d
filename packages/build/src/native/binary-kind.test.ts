import { execFileSync } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { requirePrograms } from '../../testing/require-programs.ts';
import { binaryKind } from './binary-kind.ts';

/** The first bytes of a file from hexadecimal digits, with zeros up to 64. */
function head(hex: string): Uint8Array {
  const bytes = Buffer.from(hex.replace(/\s/g, ''), 'hex');
  return Buffer.concat([bytes, Buffer.alloc(64 - bytes.byteLength)]);
}

const elf = (bits: 32 | 64, order: 'little' | 'big', machine: number) => {
  const bytes = Buffer.alloc(64);
  bytes.write('\x7fELF', 'latin1');
  bytes[4] = bits === 32 ? 1 : 2;
  bytes[5] = order === 'little' ? 1 : 2;
  if (order === 'little') bytes.writeUInt16LE(machine, 18);
  else bytes.writeUInt16BE(machine, 18);
  return bytes;
};

describe('binaryKind, of ELF', () => {
  it.each([
    ['amd64', elf(64, 'little', 62)],
    ['arm64', elf(64, 'little', 183)],
    ['arm', elf(32, 'little', 40)],
    ['386', elf(32, 'little', 3)],
    ['riscv64', elf(64, 'little', 243)],
    ['ppc64', elf(64, 'big', 21)],
    ['ppc64le', elf(64, 'little', 21)],
    ['s390x', elf(64, 'big', 22)],
    ['mipsle', elf(32, 'little', 8)],
    ['mips64', elf(64, 'big', 8)],
    ['mips64le', elf(64, 'little', 8)],
    ['loong64', elf(64, 'little', 258)],
    ['x32', elf(32, 'little', 62)],
    ['arm64be', elf(64, 'big', 183)],
    ['bpf', elf(64, 'little', 247)],
    ['machine 999', elf(64, 'little', 999)],
  ])('knows %s', (machine, bytes) => {
    expect(binaryKind(bytes)).toEqual({ format: 'elf', machine });
    expect(binaryKind(bytes.subarray(0, 20))).toEqual({ format: 'elf', machine });
    expect(binaryKind(bytes.subarray(0, 19))).toBeUndefined();
  });
});

describe('binaryKind, of Mach-O', () => {
  it.each([
    ['amd64', 'cffaedfe 07000001 03000000 06000000'],
    ['arm64', 'cffaedfe 0c000001 00000000 06000000'],
    ['386', 'cefaedfe 07000000'],
    ['ppc', 'feedface 00000012'],
    [
      'amd64 and arm64',
      'cafebabe 00000002 01000007 00000003 00001000 00001000 0000000e 0100000c 00000000 00003000 00001000 0000000e',
    ],
    ['amd64 and arm64', `cafebabf 00000002 01000007 00000003 ${'00'.repeat(24)} 0100000c 00000000`],
    ['arm64', 'cafebabe 00000001 0100000c 00000000'],
    [
      'amd64 and 386 and arm and others',
      `cafebabe 00000004 01000007 ${'00'.repeat(16)} 00000007 ${'00'.repeat(16)} 0000000c`,
    ],
    ['machine 99', 'cffaedfe 63000000'],
  ])('knows %s', (machine, hex) => {
    expect(binaryKind(head(hex))).toEqual({ format: 'mach-o', machine });
  });

  it.each([
    ['of Java 1.1', 'cafebabe 0003002d 00'],
    ['of Java 8', 'cafebabe 00000034 00'],
    ['of Java 21, with what is in preview', 'cafebabe ffff0041 00'],
  ])('takes no class %s for a universal file', (_, hex) => {
    expect(binaryKind(head(hex))).toBeUndefined();
  });
});

describe('binaryKind, of PE', () => {
  /** A program for Windows whose header begins at `start`. */
  const pe = (start: number, machine: number) => {
    const bytes = Buffer.alloc(Math.max(start + 24, 64));
    bytes.write('MZ', 'latin1');
    bytes.writeUInt32LE(start, 60);
    bytes.write('PE\0\0', start, 'latin1');
    bytes.writeUInt16LE(machine, start + 4);
    return bytes;
  };

  it.each([
    ['amd64', 0x8664],
    ['arm64', 0xaa64],
    ['386', 0x014c],
    ['machine 512', 0x200],
  ])('knows %s where it sees that far', (machine, number) => {
    expect(binaryKind(pe(0x80, number))).toEqual({ format: 'pe', machine });
  });

  it('says so when the machine lies beyond what it is given', () => {
    expect(binaryKind(pe(0x80, 0x8664).subarray(0, 64))).toEqual({ format: 'pe', machine: 'unknown' });
  });

  it('takes no text that begins as one for a program', () => {
    const text = Buffer.from('MZ is how programs for DOS begin, and how this text does, with no harm in it');
    expect(binaryKind(text)).toBeUndefined();
    expect(binaryKind(Buffer.from('MZ'))).toBeUndefined();
  });
});

describe('binaryKind', () => {
  it.each(['', '#!/usr/bin/env node', '\x7fELF', '!<arch>\n', '\0asm\x01\0\0\0', '{"name":"a"}'])(
    'knows no native code in %j',
    (text) => {
      expect(binaryKind(Buffer.from(text, 'latin1'))).toBeUndefined();
    },
  );

  it('reads no further than it is given, whatever it is', () => {
    const begin = fc.constantFrom('7f454c46', 'cafebabe', 'cffaedfe', 'feedface', '4d5a', '');
    fc.assert(
      fc.property(begin, fc.uint8Array({ maxLength: 64 }), (hex, rest) => {
        const kind = binaryKind(Buffer.concat([Buffer.from(hex, 'hex'), rest]).subarray(0, 64));
        if (kind) expect(['elf', 'mach-o', 'pe']).toContain(kind.format);
      }),
    );
  });

  it('knows the program that runs this test', () => {
    const bytes = Buffer.alloc(64);
    readSync(openSync(process.execPath, 'r'), bytes);
    const machine = process.arch === 'x64' ? 'amd64' : process.arch;
    expect(binaryKind(bytes)).toEqual({ format: 'elf', machine });
  });

  it.skipIf(!requirePrograms('gcc', 'aarch64-linux-gnu-gcc'))('knows what compilers make', () => {
    const folder = mkdtempSync(join(tmpdir(), 'catamaran-native-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, 'a.c'), 'int one(void) { return 1; }\n');
    for (const [compiler, machine] of [
      ['gcc', 'amd64'],
      ['aarch64-linux-gnu-gcc', 'arm64'],
    ] as const) {
      if (compiler === 'gcc' && process.arch !== 'x64') continue;
      execFileSync(compiler, ['-shared', '-fPIC', '-nostdlib', '-o', 'a.so', 'a.c'], { cwd: folder });
      expect(binaryKind(readFileSync(join(folder, 'a.so')).subarray(0, 64))).toEqual({
        format: 'elf',
        machine,
      });
    }
  });
});
