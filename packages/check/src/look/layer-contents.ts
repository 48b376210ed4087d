import type { Digest, TreeEntry } from '@catamaran/oci';
import type { FoundPackages } from './packages/package-file.ts';

/** An entry of a layer, with the digest of what is in it. */
export interface ContentEntry extends TreeEntry {
  /** Of a file; undefined for the rest. */
  readonly digest?: Digest;
}

/**
 * What looking into a layer tells; JSON all through, so that a layer is read once and what was seen kept. It is a record
 * of its own, as it takes the digest of every file, which no check needs.
 */
export interface LayerContents {
  /** As they stand in the layer. */
  readonly entries: readonly ContentEntry[];
  /** Of the tar archive. */
  readonly uncompressedBytes: number;
  /** What its files say of packages, by file. */
  readonly packages: readonly FoundPackages[];
}

/** Where contents are kept, by diff ID. */
export interface ContentsCache {
  getContents(key: string): Promise<LayerContents | undefined>;
  putContents(key: string, contents: LayerContents): Promise<void>;
}
