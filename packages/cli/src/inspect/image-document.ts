import {
  type Descriptor,
  type Digest,
  describeRaw,
  formatPlatform,
  type Image,
  type ImageConfig,
  type Manifest,
  type Raw,
} from '@catamaran/oci';
import { type ExecutionDocument, executionDocument, namedTexts, textOf } from './execution-document.ts';
import { type LayerDocument, layerDocuments } from './layer-document.ts';

/** Content by its digest, as JSON has it here. */
export interface ContentDocument {
  readonly digest: Digest;
  readonly mediaType: string;
  readonly sizeBytes: number;
}

/** All that there is to know of one platform's image. */
export interface ImageDocument extends ContentDocument, ExecutionDocument {
  readonly kind: 'image';
  readonly platform: string;
  /** RFC 3339; empty where the image does not say. */
  readonly created: string;
  readonly author: string;
  readonly config: ContentDocument;
  readonly layers: readonly LayerDocument[];
  /** Of all layers as they are stored: what a machine without any of them has to fetch. */
  readonly compressedBytes: number;
  readonly annotations: Readonly<Record<string, string>>;
}

export async function imageDocument(image: Image): Promise<ImageDocument> {
  const manifest: Raw<Manifest> = await image.manifest();
  const config: ImageConfig & { readonly author?: unknown } = (await image.config()).value;
  const layers = layerDocuments(manifest.value, config);
  return {
    kind: 'image',
    ...contentDocument(describeRaw(manifest.value.mediaType, manifest)),
    platform: formatPlatform(config),
    created: textOf(config.created),
    author: textOf(config.author),
    ...executionDocument(config),
    config: contentDocument(manifest.value.config),
    layers,
    compressedBytes: layers.reduce((sum, layer) => sum + layer.sizeBytes, 0),
    annotations: namedTexts(manifest.value.annotations),
  };
}

export function contentDocument({ digest, mediaType, size }: Descriptor): ContentDocument {
  return { digest, mediaType, sizeBytes: size };
}
