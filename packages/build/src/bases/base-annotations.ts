import { type Annotations, descriptorOf, type Image } from '@catamaran/oci';
import type { BaseOrigin } from './base-source.ts';

const prefix = 'org.opencontainers.image.base';

/**
 * What an index says of its images' base: "the digest of the manifest referenced by the base.name annotation".
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/annotations.md#pre-defined-annotation-keys
 */
export function indexBaseAnnotations({ name, digest }: BaseOrigin): Annotations {
  return name && digest ? { [`${prefix}.digest`]: digest, [`${prefix}.name`]: name } : {};
}

/** And what an image says of its own: "the immediate image sharing zero-indexed layers with the image". */
export async function imageBaseAnnotations({ name }: BaseOrigin, base: Image): Promise<Annotations> {
  if ((await base.layers()).length === 0) return {};
  const { digest } = await descriptorOf(base);
  return { [`${prefix}.digest`]: digest, ...(name ? { [`${prefix}.name`]: name } : {}) };
}
