import type { Descriptor } from '../model/descriptor.ts';
import type { ImageConfig } from '../model/image-config.ts';
import type { Manifest } from '../model/manifest.ts';
import { mediaTypes } from '../model/media-types.ts';
import { describeRaw, type Raw, rawFromValue } from '../model/raw.ts';

/** The manifest that an archive of Docker's does not have, the same for the same configuration and layers. */
export function ociManifest(config: Raw<ImageConfig>, layers: readonly Descriptor[]): Raw<Manifest> {
  return rawFromValue({
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: describeRaw(mediaTypes.config, config),
    layers,
  });
}
