import { mediaTypes } from './media-types.ts';

/** Docker's → OCI's. https://github.com/opencontainers/image-spec/blob/v1.1.1/media-types.md#compatibility-matrix */
const equivalents: Readonly<Record<string, string>> = {
  [mediaTypes.dockerManifestList]: mediaTypes.index,
  [mediaTypes.dockerManifest]: mediaTypes.manifest,
  [mediaTypes.dockerConfig]: mediaTypes.config,
  [mediaTypes.dockerLayerTar]: mediaTypes.layerTar,
  [mediaTypes.dockerLayerGzip]: mediaTypes.layerGzip,
  // Containerd's and Podman's name for what Docker never named.
  'application/vnd.docker.image.rootfs.diff.tar.zstd': mediaTypes.layerZstd,
  'application/vnd.docker.image.rootfs.foreign.diff.tar':
    'application/vnd.oci.image.layer.nondistributable.v1.tar',
  'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip':
    'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip',
};

/** What OCI calls the same content; any other type stays what it is. */
export function ociMediaType(mediaType: string): string {
  return Object.hasOwn(equivalents, mediaType) ? (equivalents[mediaType] ?? mediaType) : mediaType;
}
