import { describeRaw, type Manifest, mediaTypes, type Raw } from '@catamaran/oci';
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
export function isArtifact(manifest: Manifest): boolean {
  return artifactTypeOf(manifest) !== undefined;
}

export function artifactDocument(manifest: Raw<Manifest>): ArtifactDocument {
  const { config, layers, mediaType, subject, annotations } = manifest.value;
  return {
    kind: 'artifact',
    ...contentDocument(describeRaw(mediaType, manifest)),
    artifactType: artifactTypeOf(manifest.value) ?? config.mediaType,
    subject: subject?.digest ?? null,
    blobs: layers.map((layer) => ({ ...contentDocument(layer), annotations: namedTexts(layer.annotations) })),
    annotations: namedTexts(annotations),
  };
}

/** Undefined for an image. */
function artifactTypeOf({ artifactType, config, layers }: Manifest): string | undefined {
  if (artifactType !== undefined) return artifactType;
  if (config.mediaType !== mediaTypes.config && config.mediaType !== mediaTypes.dockerConfig)
    return config.mediaType;
  // BuildKit gives its attestations the configuration of an image.
  const isAttested = layers.length > 0 && layers.every(({ mediaType }) => mediaType === inToto);
  return isAttested ? inToto : undefined;
}

/** https://github.com/in-toto/attestation/blob/main/spec/v1/envelope.md */
const inToto = 'application/vnd.in-toto+json';
