import { formatFields } from '../output/format-fields.ts';
import { printable } from '../output/printable.ts';
import type { Styler } from '../process/styler.ts';
import { configLines } from './config-lines.ts';
import type { DiffDocument, ImageDiff } from './diff-document.ts';
import { fileLines } from './file-lines.ts';
import { layerLines } from './layer-lines.ts';
import { packageLines } from './package-lines.ts';
import { summaryLines } from './summary-lines.ts';

/** What differs, for people: of each pair of images a summary, and then what there is to tell. */
export function diffText(document: DiffDocument, all: boolean, style: Styler): string[] {
  const { images, onlyBefore, onlyAfter, beforeDigest, afterDigest } = document;
  if (images.length === 1 && onlyBefore.length + onlyAfter.length === 0 && document.same) {
    return sameLines(images[0]?.after.digest ?? afterDigest);
  }
  if (beforeDigest === afterDigest && document.same) return sameLines(afterDigest);
  const told: string[][] = [];
  return [
    ...headLines(document, style),
    ...images.flatMap((image, at) => {
      const details = detailLines(image, all, style);
      const twin = told.findIndex((other) => other.join('\n') === details.join('\n'));
      told.push(details);
      const isRepeated = twin >= 0 && details.length > 0;
      const repeated = [
        '',
        `config, packages and files differ as those of ${printable(images[twin]?.after.platform ?? '')}`,
      ];
      return [
        '',
        style('bold', pairTitle(image)),
        ...summaryLines(image),
        ...layerLines(image.layers, all, style),
        ...(isRepeated && at > twin ? repeated : details),
      ];
    }),
  ];
}

function sameLines(digest: string): string[] {
  return ['the same image', digest];
}

function headLines({ before, after, ...document }: DiffDocument, style: Styler): string[] {
  const { beforeDigest, afterDigest, onlyBefore, onlyAfter, images } = document;
  const isOne = before === after && beforeDigest === afterDigest;
  return [
    style('bold', isOne ? before : `${before} → ${after}`),
    ...formatFields([
      ['digest', isOne ? [beforeDigest] : [beforeDigest, `→ ${afterDigest}`]],
      ['platforms', [images.length === 0 ? 'none that both have' : undefined]],
      ['only in a', [onlyBefore.map(printable).join(', ')]],
      ['only in b', [onlyAfter.map(printable).join(', ')]],
    ]),
  ];
}

function pairTitle({ before, after }: ImageDiff): string {
  const [old, now] = [printable(before.platform), printable(after.platform)];
  return old === now ? now : `${old} → ${now}`;
}

function detailLines({ config, packages, files }: ImageDiff, all: boolean, style: Styler): string[] {
  return [
    ...configLines(config, all, style),
    ...packageLines(packages, all, style),
    ...fileLines(files, all, style),
  ];
}
