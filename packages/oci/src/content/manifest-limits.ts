import { ociErrors } from '../errors/errors.ts';
import type { Descriptor } from '../model/descriptor.ts';
import { isIndexType } from '../model/media-types.ts';
import { maxManifestBytes } from '../model/parse-manifest.ts';

/** Deeper than anybody nests, and shallow enough for any stack. */
const maxDepth = 8;
/** Of all manifests together: they are held in memory, and what names them may be of no end. */
const maxBytes = 8 * maxManifestBytes;

/**
 * What following one image or index down to its blobs may come to. Call it for each manifest that is met.
 * @returns a function that throws CATA_MANIFEST_INVALID, CATA_MANIFEST_TOO_LARGE
 */
export function manifestLimits(): (descriptor: Descriptor, depth: number) => void {
  let sizeBytes = 0;
  return ({ mediaType, digest, size }, depth) => {
    sizeBytes += size;
    if (sizeBytes > maxBytes) {
      const subject = `What leads to the manifest ${digest}, with it,`;
      throw ociErrors.CATA_MANIFEST_TOO_LARGE({ subject, sizeBytes, maxBytes });
    }
    if (depth < maxDepth || !isIndexType(mediaType)) return;
    throw ociErrors.CATA_MANIFEST_INVALID({
      subject: `The index ${digest}`,
      reason: `indexes in it are nested deeper than ${maxDepth}`,
    });
  };
}
