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

/** What is about the whole image first; then by path, by rule, and by what is said. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const key = ({ path = '', rule, message }: Finding) => [path, rule, message];
  return findings.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)];
    const at = left.findIndex((part, index) => part !== right[index]);
    if (at === -1) return 0;
    return (left[at] ?? '') < (right[at] ?? '') ? -1 : 1;
  });
}
