import { ociErrors } from '../errors/errors.ts';
import { messageOf } from '../errors/message-of.ts';
import { parseDigest } from './digest.ts';
import type { ImageConfig } from './image-config.ts';
import { requireObject } from './parse-descriptor.ts';
import { type Raw, rawFromBytes } from './raw.ts';

/**
 * Reads an image's configuration that came from somewhere else.
 * @throws CATA_MANIFEST_INVALID
 */
export function parseImageConfig(bytes: Uint8Array, subject: string): Raw<ImageConfig> {
  try {
    const value = requireObject(rawFromBytes<unknown>(bytes).value, 'the document');
    for (const key of ['architecture', 'os']) {
      if (typeof value[key] !== 'string')
        throw new Error(`${key} is missing: it is not an image's configuration`);
    }
    const { diff_ids: diffIds } = requireObject(value.rootfs, 'rootfs');
    if (!Array.isArray(diffIds)) throw new Error('rootfs.diff_ids is no list');
    for (const diffId of diffIds) parseDigest(String(diffId));
    return { bytes, value: value as unknown as ImageConfig };
  } catch (cause) {
    throw ociErrors.CATA_MANIFEST_INVALID({ subject, reason: messageOf(cause) }, { cause });
  }
}
