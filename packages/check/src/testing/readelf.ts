import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { ElfFile, ElfType, VersionNeed } from '../elf/elf-file.ts';

/** Whether readelf is there; where it must be, in continuous integration, it throws when it is not. */
export function hasReadelf(): boolean {
  const found = (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, 'readelf'), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (!found && process.env.CI) throw new Error('These tests need readelf.');
  return found;
}

/** By class and byte order, where they matter. */
const machines: Readonly<Record<string, string>> = {
  'Advanced Micro Devices X86-64': 'amd64',
  'Advanced Micro Devices X86-64 32 little': 'x32',
  AArch64: 'arm64',
  ARM: 'arm',
  'Intel 80386': '386',
  'MIPS R3000': 'mips',
  PowerPC: 'ppc',
  PowerPC64: 'ppc64',
  'PowerPC64 64 little': 'ppc64le',
  'IBM S/390': 's390x',
  'RISC-V': 'riscv64',
  LoongArch: 'loong64',
  'Linux BPF': 'bpf',
};
const types: Readonly<Record<string, ElfType>> = { REL: 'rel', EXEC: 'exec', DYN: 'dyn', CORE: 'core' };

/** All of an ELF file that readelf knows. */
export type ReadelfFile = Omit<ElfFile, 'path' | 'nodeVersion' | 'addon'>;

export function readelf(path: string): ReadelfFile {
  const [file] = readelfAll([path]).values();
  if (!file) throw new Error(`readelf says nothing of ${path}`);
  return file;
}

/** What binutils say of files, in our words, by their paths: one process says it of many. */
export function readelfAll(paths: readonly string[]): Map<string, ReadelfFile> {
  const files = new Map<string, ReadelfFile>();
  for (let at = 0; at < paths.length; at += 200) {
    const some = paths.slice(at, at + 200);
    // With two files or more it names each.
    const text = execFileSync('readelf', ['-hldVnW', '--', ...some, ...some.slice(0, 1)], {
      encoding: 'utf8',
      timeout: 60_000,
      maxBuffer: 1024 ** 3,
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    for (const part of text.split(/^File: /m).slice(1)) {
      const end = part.indexOf('\n');
      files.set(part.slice(0, end), parse(part.slice(end)));
    }
  }
  return files;
}

function parse(text: string): ReadelfFile {
  const all = (pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');
  const one = (pattern: RegExp) => pattern.exec(text)?.[1];
  const bits = /^ {2}Class: +ELF64$/m.test(text) ? 64 : 32;
  const byteOrder = /^ {2}Data: .*big endian$/m.test(text) ? 'big' : 'little';
  const machine = one(/^ {2}Machine: +(.*)$/m) ?? '';
  const folders = (tag: string) =>
    (one(new RegExp(`\\(${tag}\\).*\\[(.*)\\]$`, 'm')) ?? '').split(':').filter(Boolean);
  const optional = {
    interpreter: one(/\[Requesting program interpreter: (.*)\]$/m),
    soname: one(/\(SONAME\).*\[(.*)\]$/m),
    buildId: one(/Build ID: ([0-9a-f]+)$/m),
  };
  return {
    bits,
    byteOrder,
    machine: machines[`${machine} ${bits} ${byteOrder}`] ?? machines[machine] ?? machine,
    type: types[one(/^ {2}Type: +(\w+)/m) ?? ''] ?? 'other',
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    needed: all(/\(NEEDED\).*\[(.*)\]$/gm),
    rpath: folders('RPATH'),
    runpath: folders('RUNPATH'),
    versionNeeds: versionNeeds(text),
    versions: all(/ Rev: \d+ {2}Flags: (?!BASE).*Name: (\S+)$/gm),
  };
}

function versionNeeds(text: string): VersionNeed[] {
  const section = text.split(/^Version needs section/m)[1]?.split(/^\S/m)[0] ?? '';
  return section
    .split(/ File: /)
    .slice(1)
    .map((part) => {
      const found = [...part.matchAll(/Name: (\S+) {2}Flags: (.*?) {2}Version:/g)];
      const isWeak = ([, , flags = '']: RegExpMatchArray) => flags.includes('WEAK');
      const weak = found.filter(isWeak).map(([, name = '']) => name);
      return {
        library: /^\S+/.exec(part)?.[0] ?? '',
        versions: found.filter((match) => !isWeak(match)).map(([, name = '']) => name),
        ...(weak.length > 0 ? { weak } : {}),
      };
    });
}
