import type { Annotations, Descriptor } from './descriptor.ts';
import type { mediaTypes } from './media-types.ts';

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md, or Docker's manifest, version 2 schema 2, which is alike. */
export interface Manifest {
  readonly schemaVersion: 2;
  readonly mediaType: typeof mediaTypes.manifest | typeof mediaTypes.dockerManifest;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly annotations?: Annotations;
  readonly artifactType?: string;
  /** What this manifest is about: the image that a signature signs. */
  readonly subject?: Descriptor;
}

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md, or Docker's manifest list. */
export interface IndexManifest {
  readonly schemaVersion: 2;
  readonly mediaType: typeof mediaTypes.index | typeof mediaTypes.dockerManifestList;
  readonly manifests: readonly Descriptor[];
  readonly annotations?: Annotations;
  readonly artifactType?: string;
  readonly subject?: Descriptor;
}
