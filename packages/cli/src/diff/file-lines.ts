import type { FileChange, FileState } from '@catamaran/check/look';
import { headed } from '../inspect/image-text.ts';
import { section } from '../inspect/index-text.ts';
import { boundedLines } from '../output/bounded-lines.ts';
import { formatBytes } from '../output/format-bytes.ts';
import { counted } from '../output/format-count.ts';
import { printable } from '../output/printable.ts';
import type { Styler } from '../process/styler.ts';
import { type FileGroup, groupedChanges } from './grouped-changes.ts';
import { changedFirst, paint, sign } from './sign.ts';
import { signedBytes } from './summary-lines.ts';

/** Files; a folder that is new or gone with all that is in it is one line, unless everything is to be shown. */
export function fileLines(changes: readonly FileChange[], all: boolean, style: Styler): readonly string[] {
  const groups = all
    ? changes.map((change) => ({ change, files: 0, sizeBytes: 0 }))
    : groupedChanges(changes);
  const ordered = changedFirst(groups, ({ change }) => change.kind === 'changed');
  const rows = ordered.map((group) => {
    const { change } = group;
    const isFolder = (change.after ?? change.before)?.type === 'directory';
    return [
      sign(change.kind),
      what(group),
      `${printable(change.path)}${isFolder ? '/' : ''}${linked(change)}`,
    ];
  });
  return section(paint(boundedLines(headed(['', 'files', ''], rows, [], style), all), style));
}

function what({ change: { kind, aspects, before, after }, files, sizeBytes }: FileGroup): string {
  if (kind !== 'changed') {
    if (files > 0) return `${counted(files, 'file')}, ${formatBytes(sizeBytes)}`;
    const state = after ?? before;
    return state?.type === 'file' ? formatBytes(state.sizeBytes) : (state?.type ?? '');
  }
  return aspects.map((aspect) => (before && after ? difference(aspect, before, after) : aspect)).join(', ');
}

function difference(aspect: FileChange['aspects'][number], before: FileState, after: FileState): string {
  switch (aspect) {
    case 'content':
      return `${formatBytes(after.sizeBytes)} (${sizeDifference(after.sizeBytes - before.sizeBytes)})`;
    case 'mode':
      return `mode ${octal(before.mode)} → ${octal(after.mode)}`;
    case 'owner':
      return `owner ${before.uid}:${before.gid} → ${after.uid}:${after.gid}`;
    case 'type':
      return `${before.type} → ${after.type}`;
    case 'link':
      return 'link';
  }
}

function sizeDifference(bytes: number): string {
  return bytes === 0 ? 'as long' : signedBytes(bytes);
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

/** Where a symlink leads, and led. */
function linked({ before, after }: FileChange): string {
  const [old, now] = [before, after].map((state) =>
    state?.type === 'symlink' ? printable(state.target) : undefined,
  );
  if (old === undefined && now === undefined) return '';
  return old === undefined || now === undefined || old === now ? ` → ${now ?? old}` : ` (${old} → ${now})`;
}
