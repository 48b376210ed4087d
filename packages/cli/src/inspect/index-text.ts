import { formatBytes } from '../output/format-bytes.ts';
import { formatFields } from '../output/format-fields.ts';
import { printable } from '../output/printable.ts';
import type { Styler } from '../process/styler.ts';
import { headed, namedLines } from './image-text.ts';
import type { AttachmentDocument, IndexDocument } from './index-document.ts';

/** An index for people: one line for each platform. */
export function indexText(index: IndexDocument, style: Styler): string[] {
  const rows = index.images.map(({ platform, digest, layers, compressedBytes }) => [
    printable(platform),
    digest,
    String(layers.length),
    formatBytes(compressedBytes),
  ]);
  const others = index.attachments.map((attachment) => [
    titleOf(attachment),
    attachment.digest,
    attachment.types.map(printable).join(', '),
  ]);
  return [
    ...formatFields([
      ['digest', [index.digest]],
      ['media type', [index.mediaType]],
      ['annotations', namedLines(index.annotations)],
    ]),
    ...section(headed(['platform', 'digest', 'layers', 'compressed'], rows, [2, 3], style)),
    ...section(headed(['besides', 'digest', 'type'], others, [], style)),
  ];
}

export function section(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

function titleOf({ kind, platform }: AttachmentDocument): string {
  const of = printable(platform);
  if (kind === 'attestation') return of ? `attestation of ${of}` : 'attestation';
  if (kind === 'missing') return of ? `${of}, not there` : 'not there';
  return kind;
}
