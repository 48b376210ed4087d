import type { ElfFile } from '../elf/elf-file.ts';
import type { CheckedImage } from '../rules/rule.ts';
import type { LibcKind } from './libc-kind.ts';

/** A file as one process has it in memory. */
export interface LoadedObject {
  readonly file: ElfFile;
  /** As it was opened, absolute: links in it are not followed, and `$ORIGIN` is the folder in it. */
  readonly path: string;
  /** Who asked for it first. */
  readonly loader?: LoadedObject;
}

/** A running program, and what the loader has brought in for it. */
export interface Process {
  readonly image: CheckedImage;
  readonly libc: LibcKind | undefined;
  /** The program; undefined where it is not known, as of a library that nobody names. */
  readonly main?: LoadedObject;
  readonly objects: Map<ElfFile, LoadedObject>;
  /** By every name that they were asked for by, and by the one that they give themselves. */
  readonly named: Map<string, LoadedObject>;
}
