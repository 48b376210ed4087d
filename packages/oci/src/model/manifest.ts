import type { Annotations, Descriptor } from './descriptor.ts';
import type { mediaTypes } from './media-types.ts';

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md */
export interface Manifest {
  readonly schemaVersion: 2;
  readonly mediaType: typeof mediaTypes.manifest;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly annotations?: Annotations;
}

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md */
export interface IndexManifest {
  readonly schemaVersion: 2;
  readonly mediaType: typeof mediaTypes.index;
  readonly manifests: readonly Descriptor[];
  readonly annotations?: Annotations;
}
