import { type Context, type Image, type ImageIndex, isImageIndex } from '@catamaran/oci';
import type { Styler } from '../process/styler.ts';
import { type ArtifactDocument, artifactDocument, isArtifact } from './artifact-document.ts';
import { artifactText } from './artifact-text.ts';
import { type ImageDocument, imageDocument } from './image-document.ts';
import { imageText } from './image-text.ts';
import { type IndexDocument, indexDocument } from './index-document.ts';
import { indexText } from './index-text.ts';
import type { ReferrerDocument } from './referrers.ts';

type Inspected = IndexDocument | ImageDocument | ArtifactDocument;

/** What `catamaran inspect --json` prints. `kind` says which of the three it is. */
export type InspectDocument = Inspected & {
  /** In full, as it can be given to a command again. */
  readonly reference: string;
  /** What the registry lists as being about it: signatures, SBOMs. Empty outside of registries. */
  readonly referrers: readonly ReferrerDocument[];
};

export async function inspectedDocument(found: Image | ImageIndex, ctx: Context): Promise<Inspected> {
  if (isImageIndex(found)) return indexDocument(found, ctx);
  const manifest = await found.manifest();
  return isArtifact(manifest.value) ? artifactDocument(manifest) : imageDocument(found);
}

export function inspectedText(document: Inspected, style: Styler): string[] {
  switch (document.kind) {
    case 'index':
      return indexText(document, style);
    case 'image':
      return imageText(document, style);
    case 'artifact':
      return artifactText(document, style);
  }
}
