import { type Digest, formatReference, readLayoutIndex, refNameOf } from '@catamaran/oci';
import type { NamedLocation } from '../location/location.ts';

/**
 * What has the name in the layout that something else is about to get: it is not found any more afterwards. Registries
 * keep what loses its tag, and a file is written anew. What is wrong with the layout is told by whoever writes to it.
 */
export async function replacedDigest(to: NamedLocation): Promise<Digest | undefined> {
  if (to.kind !== 'oci') return undefined;
  const name = formatReference(to.reference);
  const index = await readLayoutIndex(to.path).catch(() => undefined);
  return index?.manifests.find((entry) => refNameOf(entry) === name)?.digest;
}
