import { type Descriptor, describeRaw, type Manifest, mediaTypes, type Raw } from '@catamaran/oci';
import { namedTexts } from './execution-document.ts';
import { type ContentDocument, contentDocument } from './image-document.ts';

/** A manifest of something else than an image: a signature, an SBOM, a provenance. */
export interface ArtifactDocument extends ContentDocument {
  readonly kind: 'artifact';
  /** A media type, such as "application/vnd.dev.cosign.artifact.sig.v1+json". */
  readonly artifactType: string;
  /** The image that it is about; null where it does not say. */
  readonly subject: string | null;
  readonly blobs: readonly (ContentDocument & { readonly annotations: Readonly<Record<string, string>> })[];
  readonly annotations: Readonly<Record<string, string>>;
}

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md#guidelines-for-artifact-usage */
export function isArtifact({ artifactType, config }: Manifest): boolean {
  return artifactType !== undefined || !isImageConfig(config);
}

function isImageConfig({ mediaType }: Descriptor): boolean {
  return mediaType === mediaTypes.config || mediaType === mediaTypes.dockerConfig;
}

export function artifactDocument(manifest: Raw<Manifest>): ArtifactDocument {
  const { artifactType, config, layers, mediaType, subject, annotations } = manifest.value;
  return {
    kind: 'artifact',
    ...contentDocument(describeRaw(mediaType, manifest)),
    artifactType: artifactType ?? config.mediaType,
    subject: subject?.digest ?? null,
    blobs: layers.map((layer) => ({ ...contentDocument(layer), annotations: namedTexts(layer.annotations) })),
    annotations: namedTexts(annotations),
  };
}
