/** What a file is a program for; told by its first bytes. */
export interface BinaryKind {
  readonly format: 'elf' | 'mach-o' | 'pe';
  /** "amd64", "arm64", "arm", "386" …; "amd64 and arm64" of a universal Mach-O; else a number, as in "machine 99". */
  readonly machine: string;
}

export interface InventoryFile {
  /** Below the package's folder, as in "prebuilds/linux-arm64/bcrypt.glibc.node". */
  readonly path: string;
  readonly sizeBytes: number;
  /** Undefined for what is no native code. */
  readonly binary?: BinaryKind;
}

/**
 * What there is to know of a package's tarball before it is placed: kept by its integrity, so that a tarball is
 * looked through once. JSON all through.
 */
export interface PackageInventory {
  readonly name: string;
  readonly version: string;
  /** The package.json in the tarball. */
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly files: readonly InventoryFile[];
}
