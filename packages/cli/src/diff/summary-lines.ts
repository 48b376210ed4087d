import { formatBytes } from '../output/format-bytes.ts';
import { counted } from '../output/format-count.ts';
import { formatFields } from '../output/format-fields.ts';
import type { ImageDiff } from './diff-document.ts';

/** A line for each thing that is compared, whether or not it differs. */
export function summaryLines(image: ImageDiff): string[] {
  const { before, after, same, config, layers, packages, files } = image;
  if (same) return [`the same image, ${after.digest}`];
  const [old, now] = [before.compressedBytes, after.compressedBytes];
  return formatFields([
    ['size', [`${formatBytes(old)} → ${formatBytes(now)} compressed (${signedBytes(now - old)})`]],
    ['layers', [layersText(layers)]],
    ['config', [config.length === 0 ? 'the same' : counted(config.length, 'change')]],
    ['packages', [packagesText(packages)]],
    ['files', [filesText(files) ?? (layers.onlyAfter.length === 0 ? 'the same' : sameFiles)]],
  ]);
}

/** Times are not compared, and layers may differ in how they are cut. */
const sameFiles = 'the same, in other layers: times, order or cut differ';

export function signedBytes(difference: number): string {
  if (difference === 0) return 'the same';
  return `${difference < 0 ? '−' : '+'}${formatBytes(Math.abs(difference))}`;
}

function layersText({ shared, onlyBefore, onlyAfter }: ImageDiff['layers']): string {
  const sharedBytes = shared.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const parts = [`${shared.length} shared (${formatBytes(sharedBytes)})`];
  if (onlyBefore.length > 0) parts.push(`${onlyBefore.length} only in a`);
  if (onlyAfter.length > 0) parts.push(`${onlyAfter.length} only in b`);
  return parts.join(', ');
}

function packagesText(packages: ImageDiff['packages']): string {
  const added = packages.filter(({ before }) => before.length === 0).length;
  const removed = packages.filter(({ after }) => after.length === 0).length;
  return kindsText(added, removed, packages.length - added - removed) ?? 'the same';
}

/** Undefined when there are none. */
function filesText(files: ImageDiff['files']): string | undefined {
  // A folder is there for what is in it; only what is said of it alone counts.
  const counts = { added: 0, removed: 0, changed: 0 };
  let bytes = 0;
  for (const { kind, before, after } of files) {
    if (kind === 'changed' || (before ?? after)?.type !== 'directory') counts[kind]++;
    bytes += sizeOf(after) - sizeOf(before);
  }
  const text = kindsText(counts.added, counts.removed, counts.changed);
  if (text !== undefined) return bytes === 0 ? text : `${text} (${signedBytes(bytes)} unpacked)`;
  return files.length === 0 ? undefined : `${counted(files.length, 'folder')} added or removed`;
}

function sizeOf(state: ImageDiff['files'][number]['after']): number {
  return state?.type === 'file' ? state.sizeBytes : 0;
}

function kindsText(added: number, removed: number, changed: number): string | undefined {
  const parts = [
    changed > 0 ? `${counted(changed, 'changed', 'changed')}` : undefined,
    added > 0 ? counted(added, 'added', 'added') : undefined,
    removed > 0 ? counted(removed, 'removed', 'removed') : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(', ');
}
