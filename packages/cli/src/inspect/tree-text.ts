import type { FileNode } from '@catamaran/check/look';
import { formatBytes } from '../output/format-bytes.ts';
import { counted } from '../output/format-count.ts';
import { formatTable } from '../output/format-table.ts';
import { printable } from '../output/printable.ts';
import type { Styler } from '../process/styler.ts';
import { modeText } from './mode-text.ts';

export interface TreeLimits {
  /** How many levels below the node are shown; as many as fit when undefined. */
  readonly depth?: number;
  /** Everything, however long it is. */
  readonly all?: boolean;
}

/** About what a person scrolls through. */
const fittingLines = 100;
/** Of one folder, when nobody has said how much is wanted. */
const fittingChildren = 40;

interface Line {
  readonly node?: FileNode;
  readonly branch: string;
  readonly name: string;
  /** Whether it has something in it that is not shown. */
  readonly isClosed?: boolean;
}

/** Files for people, as `ls -l` and `tree` would show them together. */
export function treeText(node: FileNode, limits: TreeLimits, style: Styler): string[] {
  const lines = linesWithin(node, limits);
  const rows = lines.map(({ node: shown, branch, name, isClosed }) => {
    if (!shown) return ['', '', '', '', `${branch}${style('dim', name)}`];
    const { path, entry, sizeBytes, files } = shown;
    const owner = entry ? `${entry.uid}:${entry.gid}` : '';
    const layer = entry ? String(entry.layerIndex + 1) : '';
    const closed = isClosed
      ? style('dim', ` … ${files === 0 ? 'empty folders' : counted(files, 'file')}`)
      : '';
    const label = `${branch}${printable(name)}${target(shown)}${closed}`;
    return [path === '' ? '' : modeText(entry), owner, size(shown, sizeBytes), layer, label];
  });
  const [head = '', ...table] = formatTable([['mode', 'owner', 'size', 'layer', 'path'], ...rows], [2, 3]);
  return [style('dim', head), ...table];
}

function linesWithin(node: FileNode, { depth, all }: TreeLimits): readonly Line[] {
  if (all) return linesOf(node, depth ?? Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  if (depth !== undefined) return linesOf(node, depth, Number.POSITIVE_INFINITY);
  let lines = linesOf(node, 1, fittingChildren);
  for (let deeper = 2; ; deeper++) {
    const more = linesOf(node, deeper, fittingChildren);
    if (more.length > fittingLines || more.length === lines.length) return lines;
    lines = more;
  }
}

function linesOf(node: FileNode, depth: number, most: number): readonly Line[] {
  const name = node.path === '' ? '/' : `/${node.path}${slash(node)}`;
  const lines: Line[] = [];
  // No recursion: layers may nest deeper than a stack.
  const waiting = [{ line: { node, branch: '', name }, indent: '', level: 0 } as Waiting];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const isClosed = next.level >= depth && (next.line.node?.children.length ?? 0) > 0;
    lines.push({ ...next.line, isClosed });
    if (next.line.node) waiting.push(...below(next.line.node, next, depth, most).reverse());
  }
  return lines;
}

interface Waiting {
  readonly line: Line;
  readonly indent: string;
  readonly level: number;
}

function below(node: FileNode, { indent, level }: Waiting, depth: number, most: number): Waiting[] {
  if (level >= depth) return [];
  const shown = node.children.slice(0, node.children.length > most ? most - 1 : most);
  const hidden = node.children.slice(shown.length);
  const lines = shown.map((child, at): Waiting => {
    const isLast = at === shown.length - 1 && hidden.length === 0;
    const name = `${child.path.slice(child.path.lastIndexOf('/') + 1)}${slash(child)}`;
    const line = { node: child, branch: `${indent}${isLast ? '└─ ' : '├─ '}`, name };
    return { line, indent: `${indent}${isLast ? '   ' : '│  '}`, level: level + 1 };
  });
  if (hidden.length > 0) {
    lines.push({ line: { branch: `${indent}└─ `, name: rest(hidden) }, indent, level: level + 1 });
  }
  return lines;
}

/** "… 1,234 files, 45.0 MB" */
function rest(nodes: readonly FileNode[]): string {
  const [files, sizeBytes] = [
    nodes.reduce((sum, node) => sum + node.files, 0),
    nodes.reduce((sum, node) => sum + node.sizeBytes, 0),
  ];
  return `… ${counted(files, 'file')}, ${formatBytes(sizeBytes)}`;
}

function slash({ entry }: FileNode): string {
  return !entry || entry.type === 'directory' ? '/' : '';
}

function size({ entry }: FileNode, sizeBytes: number): string {
  return entry?.type === 'symlink' || entry?.type === 'hardlink' ? '' : formatBytes(sizeBytes);
}

function target({ entry }: FileNode): string {
  if (entry?.type === 'symlink') return ` → ${printable(entry.target)}`;
  return entry?.type === 'hardlink' ? ` = /${printable(entry.target)}` : '';
}
