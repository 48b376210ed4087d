import type { ImageTree } from '@catamaran/oci';
import { fileRules, imageRules, layerRules, nativeRules } from './rules/all-rules.ts';
import type { Finding } from './rules/finding.ts';
import { excuseOthers } from './rules/reachable/excuse-others.ts';
import type { CheckedImage, ScannedLayer } from './rules/rule.ts';

/** All that the rules find in what layers add up to, in the order of paths. */
export function judgeImage(image: CheckedImage): readonly Finding[] {
  const native = [
    ...image.elfFiles.flatMap((file) => fileRules.flatMap((rule) => rule.check(file, image))),
    ...nativeRules.flatMap((rule) => rule.check(image)),
  ];
  return inOrder([
    ...imageRules.flatMap((rule) => rule.check(image)),
    ...image.layers.flatMap((layer) => judgeLayer(layer, image)),
    ...excuseOthers(native, image),
  ]);
}

/** What a layer's own files are found to be. */
export function judgeLayer(layer: ScannedLayer, image: ImageTree): Finding[] {
  return layerRules.flatMap((rule) => rule.check(layer, image));
}

/** What is about the whole image first; then by path and by rule, and as each rule tells it. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const compare = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);
  return findings.toSorted((a, b) => compare(a.path ?? '', b.path ?? '') || compare(a.rule, b.rule));
}
