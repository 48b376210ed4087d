import { type Digest, digestHex } from '../model/digest.ts';

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md#blobs */
export function blobPath(digest: Digest): string {
  return `blobs/sha256/${digestHex(digest)}`;
}
