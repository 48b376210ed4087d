import { composeTree } from '@catamaran/oci';
import type { CheckReport } from '../check-image.ts';
import { inOrder, judgeLayer } from '../judge-image.ts';
import { imageRules } from '../rules/all-rules.ts';
import type { Finding } from '../rules/finding.ts';
import type { CheckedImage, ScannedLayer } from '../rules/rule.ts';
import type { PackageFacts } from '../scan/package-facts.ts';

/** A report with what it depends on; JSON all through. */
export interface KeptReport {
  readonly report: CheckReport;
  /** Paths of which a change could change it: native code and what it was found by, and links on the way to it. */
  readonly relevant: readonly string[];
  /** Symbolic links: what leads over one comes to be somewhere else. */
  readonly links: readonly string[];
}

export function symbolicLinks(image: CheckedImage): string[] {
  return [...image.entries()].flatMap(({ type, path }) => (type === 'symlink' ? [path] : []));
}

/** What a report on an image depends on. */
export function relevantPaths(image: CheckedImage, findings: readonly Finding[]): string[] {
  const links = [...image.entries()].filter(({ type }) => type === 'symlink' || type === 'hardlink');
  const found = image.layers.flatMap(({ scan }) => [
    ...[...scan.elf, ...scan.broken, ...scan.foreign].map(({ path }) => path),
    ...scan.packages.filter(isForSome).map(({ folder }) => `${folder}/package.json`),
    ...Object.keys(scan.texts),
  ]);
  const said = findings.flatMap(({ path }) => path?.slice(1) ?? []);
  const looked = imageRules.flatMap((rule) => rule.looksAt?.(image) ?? []);
  // Whether the user may enter a folder is looked at as well.
  const entered = looked.flatMap(foldersAbove);
  return [...new Set([...links.map(({ path }) => path), ...found, ...said, ...looked, ...entered])].sort();
}

/**
 * The report on an image with one more layer, when that cannot have changed what was said before: nothing was
 * missing, and the layer has no native code and touches none. Undefined when the image has to be looked at as a whole.
 */
export function reportWithLayer(
  { report, relevant, links }: KeptReport,
  layer: ScannedLayer,
): CheckReport | undefined {
  if (report.findings.some(mayBeMended) || bringsWhatOthersDependOn(layer)) return undefined;
  const touched = new Set(relevant);
  // A folder is relevant, too, where a file may take its place.
  const folders = new Set(relevant.flatMap(foldersAbove));
  const over = new Set(links);
  const isHarmless = layer.scan.entries.every(
    ({ path, type }) =>
      !touched.has(path) &&
      !foldersAbove(path).some((folder) => over.has(folder)) &&
      !/(?:^|\/)\.wh\./.test(path) &&
      (type === 'directory' || (type === 'file' && !folders.has(path))),
  );
  if (!isHarmless) return undefined;
  const below = Array.from({ length: layer.index }, () => []);
  const own = judgeLayer(layer, composeTree([...below, layer.scan.entries]));
  return own.length === 0 ? report : { ...report, findings: inOrder([...report.findings, ...own]) };
}

/** Of files that are there, and so as true as before while nothing touches them. */
const aboutWhatIsThere = [
  'diff-id',
  'readable',
  'root-user',
  'secret',
  'set-uid',
  'tar-order',
  'world-writable',
];

/** What says that something is missing, or does not fit what is there: the layer may bring it. */
function mayBeMended({ level, rule }: Finding): boolean {
  return level !== 'note' && !aboutWhatIsThere.includes(rule);
}

function bringsWhatOthersDependOn({ scan }: ScannedLayer): boolean {
  return (
    scan.elf.length > 0 ||
    scan.broken.length > 0 ||
    scan.foreign.length > 0 ||
    scan.packages.some(isForSome) ||
    Object.keys(scan.texts).length > 0
  );
}

/** It says for which platforms it is. */
function isForSome({ os, cpu, libc }: PackageFacts): boolean {
  return Boolean(os ?? cpu ?? libc);
}

function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}
