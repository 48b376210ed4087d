import { mediaTypes } from '../../model/media-types.ts';

/** What a manifest may come as; a registry that is not told converts some of them to what it thinks is wanted. */
export const acceptManifests = [
  mediaTypes.index,
  mediaTypes.manifest,
  mediaTypes.dockerManifestList,
  mediaTypes.dockerManifest,
].join(', ');
