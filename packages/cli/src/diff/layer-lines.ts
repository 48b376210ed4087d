import { headed, shortened } from '../inspect/image-text.ts';
import { section } from '../inspect/index-text.ts';
import type { LayerDocument } from '../inspect/layer-document.ts';
import { boundedLines } from '../output/bounded-lines.ts';
import { formatBytes } from '../output/format-bytes.ts';
import { printable } from '../output/printable.ts';
import type { Styler } from '../process/styler.ts';
import type { LayerChanges } from './layer-changes.ts';
import { paint, sign } from './sign.ts';

/** Layers that only one of them has. */
export function layerLines(
  { onlyBefore, onlyAfter }: LayerChanges,
  all: boolean,
  style: Styler,
): readonly string[] {
  const rowOf = (kind: 'added' | 'removed') => (layer: LayerDocument) => [
    sign(kind),
    layer.digest.slice(0, 'sha256:'.length + 12),
    formatBytes(layer.sizeBytes),
    shortened(printable(layer.createdBy ?? ''), all ? Number.POSITIVE_INFINITY : 60),
  ];
  const rows = [...onlyBefore.map(rowOf('removed')), ...onlyAfter.map(rowOf('added'))];
  return section(
    paint(boundedLines(headed(['', 'layers', 'size', 'made by'], rows, [2], style), all), style),
  );
}
