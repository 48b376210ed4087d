/** A file that is not in a package's tarball and that the target needs. */
export interface AddedFile {
  /** Below the package's folder. */
  readonly path: string;
  readonly mode: number;
  readonly content: Uint8Array;
}

/** What becomes of a package's files on one target. */
export interface NativeResolution {
  /** Paths of the tarball that stay out of the image: native code for other platforms, sources to compile. Sorted. */
  readonly leftOut: readonly string[];
  /** What was fetched or made for the target. Sorted by path. */
  readonly added: readonly AddedFile[];
}

/** The tarball as it is. */
export const asPacked: NativeResolution = { leftOut: [], added: [] };
