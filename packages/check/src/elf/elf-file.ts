/** What matters of an ELF file for where it can run; JSON all through. */
export interface ElfFile {
  /** In the image, without a leading slash. */
  readonly path: string;
  readonly bits: 32 | 64;
  /** `e_machine`, as in "amd64", or "machine 40" where it has no name here. */
  readonly machine: string;
  /** PT_INTERP: the program that loads this one; undefined for libraries and static executables. */
  readonly interpreter?: string;
  /** DT_NEEDED, in order. */
  readonly needed: readonly string[];
  /** DT_RUNPATH, or DT_RPATH where there is no DT_RUNPATH: folders to look in first, `$ORIGIN` not yet replaced. */
  readonly searchPath: readonly string[];
}
