import { type FileNode, rootFiles } from '@catamaran/check/look';
import { composeTree } from '@catamaran/oci';
import { cliErrors } from '../errors.ts';
import { formatBytes } from '../output/format-bytes.ts';
import { counted } from '../output/format-count.ts';
import { printable } from '../output/printable.ts';
import type { CommandResult } from '../process/run-command.ts';
import type { Styler } from '../process/styler.ts';
import { findPath } from './find-path.ts';
import { headed, shortened } from './image-text.ts';
import { type OpenedImage, openedLines } from './opened-image.ts';
import { type TreeDocument, treeEntries } from './tree-document.ts';
import { treeText } from './tree-text.ts';

export interface TreeFlags {
  readonly path?: string;
  readonly depth?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

/**
 * What `catamaran inspect --tree` prints. Documents hold as much as was asked for, texts as much as is read.
 * @throws CATA_USAGE, CATA_IMAGE_PATH_MISSING
 */
export function treeResult(
  place: string,
  opened: OpenedImage,
  flags: TreeFlags,
  style: Styler,
): CommandResult {
  const depth = parseDepth(flags.depth);
  const tree = composeTree(opened.contents.map(({ entries }) => entries));
  const node = findPath(rootFiles(tree), tree, flags.path ?? '/');
  if (flags.json) return { document: { reference: place, ...document(opened, node, depth) }, text: '' };
  const lines = [
    ...openedLines(place, opened, style),
    '',
    ...treeText(node, { all: flags.all ?? false, ...(depth === undefined ? {} : { depth }) }, style),
    '',
    ...layerLines(opened, style),
    '',
    `${counted(node.files, 'file')}, ${formatBytes(node.sizeBytes)}`,
  ];
  return { document: undefined, text: `${lines.join('\n')}\n` };
}

function document({ digest, shown, layers }: OpenedImage, node: FileNode, depth?: number): TreeDocument {
  const { files, sizeBytes } = node;
  const { platform } = shown;
  const entries = treeEntries(node, depth);
  return { kind: 'tree', digest, platform, path: `/${node.path}`, files, sizeBytes, layers, entries };
}

/** What the numbers of layers mean. */
function layerLines({ layers }: OpenedImage, style: Styler): string[] {
  const rows = layers.map(({ digest, sizeBytes, createdBy }, at) => [
    String(at + 1),
    digest.slice(0, 'sha256:'.length + 12),
    formatBytes(sizeBytes),
    shortened(printable(createdBy ?? '')),
  ]);
  return headed(['layer', '', 'size', 'made by'], rows, [0, 2], style);
}

/** @throws CATA_USAGE */
function parseDepth(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw cliErrors.CATA_USAGE({
    reason: `--depth is "${text}"; it takes a number of levels, as in --depth 2.`,
  });
}
