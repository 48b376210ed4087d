import { fileRules, imageRules, layerRules } from './rules/all-rules.ts';
import type { Finding } from './rules/finding.ts';
import type { CheckedImage } from './rules/rule.ts';

/** All that the rules find, in the order of paths. */
export function judgeImage(image: CheckedImage): readonly Finding[] {
  const findings = [
    ...imageRules.flatMap((rule) => rule.check(image)),
    ...image.layers.flatMap((layer) => layerRules.flatMap((rule) => rule.check(layer, image))),
    ...image.elfFiles.flatMap((file) => fileRules.flatMap((rule) => rule.check(file, image))),
  ];
  return findings.sort((a, b) => compare(a.path ?? '', b.path ?? ''));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
