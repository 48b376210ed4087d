import type { Digest } from './digest.ts';
import type { DescribedPlatform } from './platform.ts';

export type Annotations = Readonly<Record<string, string>>;

/** Points at content by type, digest and size. https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  /** In bytes. */
  readonly size: number;
  readonly platform?: DescribedPlatform;
  readonly annotations?: Annotations;
  /** Of what a manifest is when it is no image: a signature, an SBOM. */
  readonly artifactType?: string;
}
