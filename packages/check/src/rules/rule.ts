import type { Digest, ExecutionConfig, ImageTree, Platform } from '@catamaran/oci';
import type { ElfFile } from '../elf/elf-file.ts';
import type { LayerScan } from '../scan/layer-scan.ts';
import type { RuleId } from './catalogue.ts';
import type { Finding } from './finding.ts';

/** One thing that must hold for every ELF file of an image. */
export interface Rule {
  readonly id: RuleId;
  /** Asked once for every ELF file that is left when all layers are applied. */
  check(file: ElfFile, image: CheckedImage): readonly Finding[];
}

/** One thing that must hold for an image as a whole: for how it is started, for its files together. */
export interface ImageRule {
  readonly id: RuleId;
  check(image: CheckedImage): readonly Finding[];
  /** Paths, besides native code and links, of which a change could change what it says. */
  looksAt?(image: CheckedImage): readonly string[];
}

/** One thing that must hold for what a layer brings. Nothing that another layer has makes it right or wrong. */
export interface LayerRule {
  readonly id: RuleId;
  /** @param image what is left of the layer in the end; while only that layer is new, a tree of it alone */
  check(layer: ScannedLayer, image: ImageTree): readonly Finding[];
}

export interface ScannedLayer {
  /** Its place in the image, the base's first layer being 0. */
  readonly index: number;
  readonly diffId: Digest;
  readonly scan: LayerScan;
}

/** What rules are told of an image: the tree that its layers add up to, and what the scans found in its files. */
export interface CheckedImage extends ImageTree {
  /** Which platform it is judged for. */
  readonly platform: Platform;
  /** What it is started with. */
  readonly execution: ExecutionConfig;
  readonly layers: readonly ScannedLayer[];
  /** Every ELF file that is left, in the order of paths. */
  readonly elfFiles: readonly ElfFile[];
  /** The ELF file that a path leads to, links followed. */
  elf(path: string): ElfFile | undefined;
  /** The text of a file that scans keep (kept-text.ts), links followed. */
  text(path: string): string | undefined;
}
