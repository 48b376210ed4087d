import {
  CatamaranError,
  type Context,
  type Descriptor,
  describeRaw,
  type ImageIndex,
  isImageIndex,
  isIndexType,
  isManifestType,
  runTogether,
} from '@catamaran/oci';
import { artifactDocument, isArtifact } from './artifact-document.ts';
import { isAttestation, platformOf } from './attestation.ts';
import { namedTexts } from './execution-document.ts';
import {
  type ContentDocument,
  contentDocument,
  type ImageDocument,
  imageDocument,
} from './image-document.ts';

/** What stands in an index and is no image. */
export interface AttachmentDocument extends ContentDocument {
  readonly kind: 'attestation' | 'artifact' | 'index' | 'missing';
  /** The platform in the index, or that of the image that is attested; empty where it is not said. */
  readonly platform: string;
  /** What an attestation says (SBOM, provenance) or what type an artifact has: media types and predicate types. */
  readonly types: readonly string[];
}

export interface IndexDocument extends ContentDocument {
  readonly kind: 'index';
  /** In the order of the index. */
  readonly images: readonly ImageDocument[];
  readonly attachments: readonly AttachmentDocument[];
  readonly annotations: Readonly<Record<string, string>>;
}

const requestsAtOnce = 4;

export async function indexDocument(index: ImageIndex, ctx: Context): Promise<IndexDocument> {
  const manifest = await index.manifest();
  const { manifests, mediaType, annotations } = manifest.value;
  const entries: readonly (ImageDocument | AttachmentDocument)[] = await runTogether(
    manifests.map((entry) => () => entryDocument(entry, index, manifests)),
    ctx,
    requestsAtOnce,
  );
  return {
    kind: 'index',
    ...contentDocument(describeRaw(mediaType, manifest)),
    images: entries.filter((entry) => entry.kind === 'image'),
    attachments: entries.filter((entry) => entry.kind !== 'image'),
    annotations: namedTexts(annotations),
  };
}

async function entryDocument(
  entry: Descriptor,
  index: ImageIndex,
  siblings: readonly Descriptor[],
): Promise<ImageDocument | AttachmentDocument> {
  const { mediaType, artifactType } = entry;
  const attests = isAttestation(entry);
  const platform = platformOf(entry, siblings);
  const attachment = (kind: AttachmentDocument['kind'], types: readonly string[]): AttachmentDocument => ({
    kind,
    ...contentDocument(entry),
    platform,
    types,
  });
  if (isIndexType(mediaType)) return attachment('index', artifactType ? [artifactType] : []);
  if (!isManifestType(mediaType)) return attachment('artifact', [artifactType ?? mediaType]);
  try {
    const child = await index.child(entry);
    if (isImageIndex(child)) return attachment('index', []);
    const raw = await child.manifest();
    if (attests) return attachment('attestation', predicateTypes(raw.value.layers));
    if (artifactType !== undefined) return attachment('artifact', [artifactType]);
    if (isArtifact(raw.value)) return attachment('artifact', [artifactDocument(raw).artifactType]);
    return await imageDocument(child);
  } catch (error) {
    // Copies of some platforms alone may keep the whole index.
    if (isMissing(error)) return attachment('missing', []);
    throw error;
  }
}

function predicateTypes(layers: readonly Descriptor[]): readonly string[] {
  return [...new Set(layers.flatMap(({ annotations }) => annotations?.['in-toto.io/predicate-type'] ?? []))];
}

function isMissing(error: unknown): boolean {
  if (error instanceof CatamaranError) return error.code === 'CATA_MANIFEST_NOT_FOUND';
  return (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
}
