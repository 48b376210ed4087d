import type { ConfigChange, FileChange, PackageChange } from '@catamaran/check/look';
import type { Digest } from '@catamaran/oci';
import type { LayerChanges } from './layer-changes.ts';

/** What `catamaran diff --json` prints. */
export interface DiffDocument {
  /** In full, as they can be given to a command again. */
  readonly before: string;
  readonly after: string;
  /** Whether there is nothing that differs: they have one digest, or all their images have. */
  readonly same: boolean;
  /** Of the two that were named: indexes, or images. */
  readonly beforeDigest: Digest;
  readonly afterDigest: Digest;
  readonly images: readonly ImageDiff[];
  /** Platforms that only one of two indexes has. */
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
}

/** Two images. */
export interface ImageDiff {
  readonly before: ComparedImage;
  readonly after: ComparedImage;
  readonly same: boolean;
  readonly config: readonly ConfigChange[];
  readonly layers: LayerChanges;
  readonly packages: readonly PackageChange[];
  readonly files: readonly FileChange[];
}

export interface ComparedImage {
  readonly platform: string;
  readonly digest: Digest;
  readonly compressedBytes: number;
}
