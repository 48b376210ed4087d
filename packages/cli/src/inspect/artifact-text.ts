import { formatBytes } from '../output/format-bytes.ts';
import { formatFields } from '../output/format-fields.ts';
import { printable } from '../output/printable.ts';
import type { Styler } from '../process/styler.ts';
import type { ArtifactDocument } from './artifact-document.ts';
import { headed, namedLines } from './image-text.ts';
import { section } from './index-text.ts';

/** Something that is no image, for people. */
export function artifactText(artifact: ArtifactDocument, style: Styler): string[] {
  const rows = artifact.blobs.map(({ sizeBytes, digest, mediaType }) => [
    formatBytes(sizeBytes),
    digest,
    printable(mediaType),
  ]);
  return [
    ...formatFields([
      ['digest', [artifact.digest]],
      ['media type', [artifact.mediaType]],
      ['artifact', [printable(artifact.artifactType)]],
      ['about', [artifact.subject ?? undefined]],
      ['annotations', namedLines(artifact.annotations)],
    ]),
    ...section(headed(['size', 'blob', 'media type'], rows, [0], style)),
  ];
}
