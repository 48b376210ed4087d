import type { CheckReport } from '../check-image.ts';
import { imageRules } from '../rules/all-rules.ts';
import type { CheckedImage } from '../rules/rule.ts';
import type { LayerScan } from '../scan/layer-scan.ts';

/** A report with what it depends on; JSON all through. */
export interface KeptReport {
  readonly report: CheckReport;
  /** Paths of which a change could change it: native code, and links on the way to it. */
  readonly relevant: readonly string[];
}

/** What a report on an image depends on. */
export function relevantPaths(image: CheckedImage): string[] {
  const links = [...image.entries()].filter(({ type }) => type === 'symlink' || type === 'hardlink');
  const found = image.layers.flatMap(({ scan }) => [...scan.elf, ...scan.broken]);
  const texts = image.layers.flatMap(({ scan }) => Object.keys(scan.texts));
  const looked = imageRules.flatMap((rule) => rule.looksAt?.(image) ?? []);
  return [...new Set([...[...links, ...found].map(({ path }) => path), ...texts, ...looked])].sort();
}

/**
 * The report on an image with one more layer, when that cannot have changed it: nothing was found before, and the
 * layer has no native code and touches none. Undefined when it has to be looked at.
 */
export function reportWithLayer({ report, relevant }: KeptReport, scan: LayerScan): CheckReport | undefined {
  if (report.findings.length > 0 || scan.elf.length > 0 || scan.broken.length > 0) return undefined;
  if (Object.keys(scan.texts).length > 0) return undefined;
  const touched = new Set(relevant);
  // A folder is relevant, too, where a file may take its place.
  const folders = new Set(relevant.flatMap(foldersAbove));
  const isHarmless = scan.entries.every(
    ({ path, type }) =>
      !touched.has(path) &&
      !/(?:^|\/)\.wh\./.test(path) &&
      (type === 'directory' || (type === 'file' && !folders.has(path))),
  );
  return isHarmless ? report : undefined;
}

function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}
