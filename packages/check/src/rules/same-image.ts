import { type Digest, formatPlatform, type Platform } from '@catamaran/oci';
import type { Finding } from './finding.ts';

/** One platform's image, as far as it can be told from another's. */
export interface Twin {
  readonly platform: Platform;
  readonly diffIds: readonly Digest[];
  /** How many ELF files it has; one without any may be for every platform. */
  readonly elfFiles: number;
}

/** No two platforms have the same files with native code among them. @returns what is to be said of the first */
export function sameImage(one: Twin, others: readonly Twin[]): Finding[] {
  if (one.elfFiles === 0) return [];
  const layers = one.diffIds.join();
  return others
    .filter((other) => other !== one && other.diffIds.join() === layers)
    .map((other) => {
      const message = `it has the same layers as the image for ${formatPlatform(other.platform)}, with native code in them`;
      return { rule: 'same-image', level: 'error', message };
    });
}
