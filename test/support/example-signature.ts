import {
  blobLayer,
  type Descriptor,
  describeRaw,
  digestOf,
  type Image,
  type ImageConfig,
  mediaTypes,
  rawFromValue,
  streamOf,
} from '@catamaran/oci';

export const signatureType = 'application/vnd.example.signature.v1';

/** Something that is no image and says itself which one it is about, as notation's and cosign's signatures do. */
export function exampleSignature({ mediaType, digest, size }: Descriptor): Image {
  const signature = Buffer.from('signed');
  const described = {
    mediaType: signatureType,
    digest: digestOf(signature),
    size: signature.byteLength,
  };
  const config = rawFromValue({});
  const manifest = rawFromValue({
    schemaVersion: 2 as const,
    mediaType: mediaTypes.manifest,
    artifactType: signatureType,
    config: describeRaw(mediaTypes.empty, config),
    layers: [described],
    subject: { mediaType, digest, size },
    annotations: { 'org.example.signer': 'skipper' },
  });
  const layer = blobLayer({
    descriptor: described,
    diffId: described.digest,
    open: () => streamOf(signature),
  });
  return {
    manifest: async () => manifest,
    config: async () => ({ ...config, value: config.value as ImageConfig }),
    layers: async () => [layer],
  };
}
