import { ociErrors } from '../errors/errors.ts';
import { messageOf } from '../errors/message-of.ts';
import { isDigest } from './digest.ts';
import type { ImageConfig } from './image-config.ts';
import { quoted, requireObject } from './parse-descriptor.ts';
import { quotable } from './quotable.ts';
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
    for (const [index, diffId] of diffIds.entries()) {
      if (!isDigest(diffId)) throw new Error(`rootfs.diff_ids[${index}] is ${quoted(diffId)}`);
    }
    if (value.config !== undefined && value.config !== null) requireExecution(value.config);
    requireHistory(value.history ?? []);
    return { bytes, value: value as unknown as ImageConfig };
  } catch (cause) {
    throw ociErrors.CATA_MANIFEST_INVALID({ subject, reason: quotable(messageOf(cause)) }, { cause });
  }
}

/** Docker writes null for a list that is empty. */
function requireExecution(value: unknown): void {
  const execution = requireObject(value, 'config');
  for (const key of ['Env', 'Entrypoint', 'Cmd']) {
    const list = execution[key] ?? [];
    if (!Array.isArray(list)) throw new Error(`config.${key} is ${quoted(list)}`);
    const wrong = list.findIndex((text) => typeof text !== 'string');
    if (wrong >= 0) throw new Error(`config.${key}[${wrong}] is ${quoted(list[wrong])}`);
  }
}

function requireHistory(history: unknown): void {
  if (!Array.isArray(history)) throw new Error(`history is ${quoted(history)}`);
  for (const [index, entry] of history.entries()) requireObject(entry, `history[${index}]`);
}
