import type { ElfFile } from '../elf/elf-file.ts';
import { judgeImage } from '../judge-image.ts';
import { checkedTree } from './checked-tree.ts';

/** A library for amd64 that needs nothing, but for what is said. */
export function elfFile(path: string, parts: Partial<ElfFile> = {}): ElfFile {
  return {
    path,
    bits: 64,
    byteOrder: 'little',
    machine: 'amd64',
    type: 'dyn',
    needed: [],
    rpath: [],
    runpath: [],
    versionNeeds: [],
    versions: [],
    ...parts,
  };
}

/** Facts of ELF files by path; a text is the target of a symbolic link. */
export type ElfTree = Readonly<Record<string, Partial<ElfFile> | string>>;

/** An image of these files. */
export function elfImage(files: ElfTree, parts: Parameters<typeof checkedTree>[1] = {}) {
  const elf = Object.entries(files).flatMap(([path, facts]) =>
    typeof facts === 'string' ? [] : [elfFile(path, facts)],
  );
  const paths = Object.entries(files).map(([path, facts]) =>
    typeof facts === 'string' ? `${path} -> ${facts}` : path,
  );
  return checkedTree([...paths, ...Object.keys(parts.texts ?? {})], { elf, ...parts });
}

/** What rules say of ELF files in such an image, a line each. */
export function elfFindings(...args: Parameters<typeof elfImage>): string[] {
  const elfRules = new Set(['machine', 'libc-kind', 'interpreter', 'needed', 'libc-version', 'node-abi']);
  return judgeImage(elfImage(...args))
    .filter(({ rule }) => elfRules.has(rule))
    .map(({ rule, level, path, message }) => `${level} ${rule} ${path} ${message}`);
}
