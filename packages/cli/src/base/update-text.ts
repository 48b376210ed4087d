import type { BaseUpdate, PackageChange } from '@catamaran/build';
import { formatTable } from '../output/format-table.ts';

/** What changed, for people: one line for each image or package. */
export function updateText({ kind, lockPath, platforms, changes }: BaseUpdate): string {
  const { image, packages } = changes;
  if (lockPath === undefined) return `${nothingToLock(kind)}\n`;
  const rows = packages.map((change) => [
    change.name,
    change.from ?? 'new',
    '→',
    change.to ?? 'gone',
    somewhereOnly(change, platforms),
  ]);
  const lines = [
    ...(image ? [`${image.image}  ${image.from ?? 'new'} → ${image.to}`] : []),
    ...(rows.length > 0 ? formatTable(rows, []) : []),
  ];
  return lines.length > 0 ? `${lines.join('\n')}\n` : 'nothing has changed\n';
}

function nothingToLock(kind: BaseUpdate['kind']): string {
  return kind === 'registry'
    ? 'nothing to lock: the configuration names the base by its digest'
    : `nothing to lock: the base is ${kind === 'scratch' ? 'scratch' : `a ${kind}`}`;
}

function somewhereOnly({ platforms }: PackageChange, all: readonly string[]): string {
  return platforms.length === all.length ? '' : `on ${platforms.join(', ')} only`;
}
