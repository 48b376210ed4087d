import type { ImageTree } from '@catamaran/oci';
import type { ElfFile } from '../elf/elf-file.ts';

/** Something about a file that a person should know; an error means that it will not run. */
export interface Finding {
  /** The rule's id. */
  readonly rule: string;
  readonly level: 'error' | 'warning';
  /** The file, as an absolute path in the image. */
  readonly path: string;
  readonly message: string;
}

/** One thing that must hold for every ELF file of an image. */
export interface Rule {
  readonly id: string;
  check(file: ElfFile, image: ImageTree): readonly Finding[];
}
