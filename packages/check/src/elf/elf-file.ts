/** What matters of an ELF file for where it can run; JSON all through. */
export interface ElfFile {
  /** In the image, without a leading slash. */
  readonly path: string;
  readonly bits: 32 | 64;
  readonly byteOrder: 'little' | 'big';
  /**
   * What it is for: `e_machine`, class and byte order together, as in "amd64", "x32", "ppc64le", or "machine 40" where
   * it has no name here.
   */
  readonly machine: string;
  readonly type: ElfType;
  /** PT_INTERP: the program that loads this one; undefined for libraries and static executables. */
  readonly interpreter?: string;
  /** DT_SONAME: the name by which others ask for it. */
  readonly soname?: string;
  /** DT_NEEDED, in order. */
  readonly needed: readonly string[];
  /** DT_RPATH: folders to look in first, `$ORIGIN` not yet replaced. Of no effect where there is a runpath. */
  readonly rpath: readonly string[];
  /** DT_RUNPATH, in the same words. */
  readonly runpath: readonly string[];
  /** SHT_GNU_verneed: the versions that it asks its libraries for. */
  readonly versionNeeds: readonly VersionNeed[];
  /** SHT_GNU_verdef: the versions that it has for others, as in "GLIBC_2.36"; without the file's own name. */
  readonly versions: readonly string[];
  /** NT_GNU_BUILD_ID, in hexadecimal digits. */
  readonly buildId?: string;
  /** Undefined for what does not register itself as an addon of Node.js. */
  readonly addon?: NodeAddon;
  /** Of Node.js itself, program or library: its version, as in "24.21.0". */
  readonly nodeVersion?: string;
}

/**
 * ET_REL (an object file, a kernel module, an eBPF program), ET_EXEC, ET_DYN (a library, or a program that can lie
 * anywhere), ET_CORE, or "debug": what was split off a program for debuggers and has none of its code.
 */
export type ElfType = 'rel' | 'exec' | 'dyn' | 'core' | 'debug' | 'other';

export interface VersionNeed {
  /** As in DT_NEEDED. */
  readonly library: string;
  /** Without which the file is not loaded, as in "GLIBC_2.34". */
  readonly versions: readonly string[];
  /** Asked for by weak references only: it does without them. */
  readonly weak?: readonly string[];
}

/** How Node.js is to know an addon. https://nodejs.org/api/addons.html, https://nodejs.org/api/n-api.html */
export type NodeAddon =
  /** It uses Node-API: any Node.js can load it. */
  | { readonly kind: 'node-api' }
  /** For the one NODE_MODULE_VERSION in the name of the symbol that it exports. */
  | { readonly kind: 'abi'; readonly abi: string }
  /** It registers itself when it is loaded, for a NODE_MODULE_VERSION that cannot be told from outside. */
  | { readonly kind: 'self-registering' };
