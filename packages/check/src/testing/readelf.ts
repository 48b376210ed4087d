import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { ElfFile } from '../elf/elf-file.ts';

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

const machines: Readonly<Record<string, string>> = {
  'Advanced Micro Devices X86-64': 'amd64',
  AArch64: 'arm64',
  ARM: 'arm',
  'Intel 80386': '386',
  'MIPS R3000': 'mips',
  PowerPC: 'ppc',
  PowerPC64: 'ppc64',
  'IBM S/390': 's390x',
  'RISC-V': 'riscv64',
  LoongArch: 'loong64',
};

/** What binutils say of a file, in our words. */
export function readelf(path: string): Omit<ElfFile, 'path'> {
  const text = execFileSync('readelf', ['-hldW', path], {
    encoding: 'utf8',
    timeout: 20_000,
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const all = (pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');
  const machine = all(/^ {2}Machine: +(.*)$/gm)[0] ?? '';
  const interpreter = all(/\[Requesting program interpreter: (.*)\]$/gm)[0];
  const [searchPath] = [...all(/\(RUNPATH\).*\[(.*)\]$/gm), ...all(/\(RPATH\).*\[(.*)\]$/gm)];
  return {
    bits: /^ {2}Class: +ELF64$/m.test(text) ? 64 : 32,
    machine: machines[machine] ?? machine,
    ...(interpreter === undefined ? {} : { interpreter }),
    needed: all(/\(NEEDED\).*\[(.*)\]$/gm),
    searchPath: searchPath ? searchPath.split(':') : [],
  };
}
