import type { ByteStream } from '@catamaran/oci';

/** A file of a package, as npm would unpack it. */
export interface PackageFile {
  /** Below the package's folder. */
  readonly path: string;
  /** 0o755 or 0o644, as npm has it. */
  readonly mode: number;
  readonly sizeBytes: number;
  /** Its first bytes, by which native code is told. */
  readonly head: Uint8Array;
  content(): ByteStream;
}

/** What is in a tarball, at hand until it is disposed of: in memory, or in a file where it is large. */
export interface UnpackedPackage extends AsyncDisposable {
  readonly files: readonly PackageFile[];
  readonly isSpooled: boolean;
}

/** As many as tell every kind of native code. */
export const headBytes = 64;
