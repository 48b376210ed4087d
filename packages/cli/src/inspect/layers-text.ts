import { boundedLines } from '../output/bounded-lines.ts';
import { formatBytes } from '../output/format-bytes.ts';
import { counted, grouped } from '../output/format-count.ts';
import { formatFields } from '../output/format-fields.ts';
import { printable } from '../output/printable.ts';
import type { Styler } from '../process/styler.ts';
import { headed, shortened } from './image-text.ts';
import { section } from './index-text.ts';
import type { LayersDocument } from './layers-document.ts';

/** Of the files that waste the most. */
const mostFiles = 10;

const titles = ['#', 'size', 'unpacked', 'added', 'changed', 'deleted', 'wasted', 'made by'];

/** What the layers of an image are used for, for people. @param columns of the terminal, where there is one */
export function layersText(
  document: LayersDocument,
  limits: { readonly all?: boolean; readonly columns?: number },
  style: Styler,
): string[] {
  const rows = document.layers.map((layer) => [
    String(layer.layer),
    formatBytes(layer.sizeBytes),
    formatBytes(layer.uncompressedBytes),
    grouped(layer.added),
    grouped(layer.changed),
    grouped(layer.deleted),
    layer.wastedBytes === 0 ? '' : formatBytes(layer.wastedBytes),
    shortened(printable(layer.createdBy ?? '')),
  ]);
  const lines = headed(titles, rows, [0, 1, 2, 3, 4, 5, 6], style);
  const most = limits.columns ?? Number.POSITIVE_INFINITY;
  return [
    ...totals(document),
    ...section(lines.map((line) => (line.length > most ? `${line.slice(0, most - 1)}…` : line))),
    ...section(wastedLines(document, limits.all ?? false, style)),
    ...section(repeatedLines(document, limits.all ?? false, style)),
  ];
}

function totals(document: LayersDocument): string[] {
  const { compressedBytes, uncompressedBytes, fileBytes, wastedBytes, repeatedBytes, efficiency } = document;
  const copies = document.repeated.reduce((sum, { paths }) => sum + paths.length - 1, 0);
  return formatFields([
    ['compressed', [formatBytes(compressedBytes)]],
    ['unpacked', [`${formatBytes(uncompressedBytes)}, ${formatBytes(fileBytes)} of it files`]],
    ['wasted', [`${formatBytes(wastedBytes)} in files that later layers replace or delete`]],
    [
      'repeated',
      [
        `${formatBytes(repeatedBytes)} in ${counted(copies, 'copy', 'copies')} of files that are there already`,
      ],
    ],
    ['efficiency', [percent(efficiency)]],
  ]);
}

/** Rounded down: 100 % is said only where nothing is wasted. */
function percent(part: number): string {
  return `${(Math.floor(part * 1000) / 10).toFixed(1)} %`;
}

function wastedLines({ wasted }: LayersDocument, all: boolean, style: Styler): string[] {
  const rows = wasted.map(({ sizeBytes, layer, how, byLayer, path }) => [
    formatBytes(sizeBytes),
    String(layer),
    layer === byLayer ? 'twice in it' : `${how} by ${byLayer}`,
    printable(path),
  ]);
  return boundedLines(headed(['wasted', 'layer', '', 'file'], rows, [0, 1], style), all, mostFiles);
}

function repeatedLines({ repeated }: LayersDocument, all: boolean, style: Styler): string[] {
  const rows = repeated.map(({ repeatedBytes, paths: [first = '', ...others] }) => [
    formatBytes(repeatedBytes),
    counted(others.length, 'copy', 'copies'),
    printable(first),
  ]);
  return boundedLines(headed(['repeated', '', 'file'], rows, [0, 1], style), all, mostFiles);
}
