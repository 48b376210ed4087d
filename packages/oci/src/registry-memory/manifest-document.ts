import { isIndexType, isManifestType, isNonDistributable } from '../model/media-types.ts';
import type { StoredManifest } from './memory-registry.ts';

/** A descriptor as far as a registry looks at it. */
export interface Pointer {
  readonly digest: string;
  readonly mediaType: string;
  readonly size: number;
}

/** What a registry reads in a manifest or index. */
export interface ManifestDocument {
  readonly manifests: readonly Pointer[];
  /** Configuration and layers; without those that their licence keeps elsewhere. */
  readonly blobs: readonly Pointer[];
  readonly subject: string | undefined;
  readonly artifactType: string | undefined;
  readonly annotations: unknown;
}

/** @throws Error that says what is wrong */
export function readManifest({ mediaType, bytes }: StoredManifest): ManifestDocument {
  const isIndex = isIndexType(mediaType);
  if (!isIndex && !isManifestType(mediaType)) throw new Error(`${mediaType} is no type of a manifest`);
  const document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  if (document?.schemaVersion !== 2) throw new Error('schemaVersion is not 2');
  if (document.mediaType !== undefined && document.mediaType !== mediaType) {
    throw new Error(`it says to be ${document.mediaType} and Content-Type says ${mediaType}`);
  }
  const config = isIndex ? undefined : pointer(document.config, 'config');
  const layers = isIndex ? [] : pointers(document.layers, 'layers');
  return {
    manifests: isIndex ? pointers(document.manifests, 'manifests') : [],
    blobs: [...(config ? [config] : []), ...layers].filter((blob) => !isNonDistributable(blob.mediaType)),
    subject: document.subject === undefined ? undefined : pointer(document.subject, 'subject').digest,
    artifactType: document.artifactType || config?.mediaType,
    annotations: document.annotations,
  };
}

function pointers(value: unknown, name: string): readonly Pointer[] {
  if (!Array.isArray(value)) throw new Error(`${name} is no list`);
  return value.map((entry, index) => pointer(entry, `${name}[${index}]`));
}

function pointer(value: unknown, name: string): Pointer {
  const { digest, mediaType, size } = (value ?? {}) as Partial<Record<string, unknown>>;
  if (typeof digest === 'string' && typeof mediaType === 'string' && typeof size === 'number') {
    return { digest, mediaType, size };
  }
  throw new Error(`${name} is no descriptor`);
}
