import { relative, sep } from 'node:path';
import type { Digest } from '@catamaran/oci';
import type { BuildDocument } from '../build/build-document.ts';
import type { Delivered } from '../outputs/deliveries.ts';
import { errorDocument } from '../process/print-error.ts';
import type { Change } from './changes.ts';

/** One line of `catamaran build --watch --json`. */
export type WatchDocument = BuiltLine | FailedLine;

interface BuiltLine extends BuildDocument, Delivered {
  readonly event: 'built';
  /** Since the line before; empty for the first one. */
  readonly changed: readonly Change[];
  readonly difference: BuildDifference;
}

interface FailedLine {
  readonly event: 'failed';
  readonly changed: readonly Change[];
  readonly error: object;
}

/** What a build made that the one before had not made. */
export interface BuildDifference {
  /** Undefined for the first one. */
  readonly previousDigest?: Digest;
  /** Whose images are others. */
  readonly platforms: readonly string[];
  readonly newLayers: readonly NewLayer[];
}

interface NewLayer {
  readonly digest: Digest;
  readonly sizeBytes: number;
  readonly platforms: readonly string[];
}

export function differenceOf(before: BuildDocument | undefined, now: BuildDocument): BuildDifference {
  const known = new Set(before?.platforms.flatMap(({ layers }) => layers.map(({ digest }) => digest)));
  const digests = new Map(before?.platforms.map(({ platform, digest }) => [platform, digest]));
  const fresh = new Map<Digest, NewLayer>();
  for (const { platform, layers } of now.platforms) {
    for (const { digest, sizeBytes } of layers.filter((layer) => !known.has(layer.digest))) {
      const platforms = [...(fresh.get(digest)?.platforms ?? []), platform];
      fresh.set(digest, { digest, sizeBytes, platforms });
    }
  }
  return {
    ...(before ? { previousDigest: before.digest } : {}),
    platforms: now.platforms
      .filter(({ platform, digest }) => digests.get(platform) !== digest)
      .map(({ platform }) => platform),
    newLayers: [...fresh.values()],
  };
}

export function failedLine(error: unknown, changed: readonly Change[]): FailedLine {
  return { event: 'failed', changed, ...(errorDocument(error) as { error: object }) };
}

/** As people know it: from the folder that they are in, where it is below that. */
export function shownPath(path: string, folder: string): string {
  const from = relative(folder, path);
  return from === '' || from.startsWith(`..${sep}`) ? path : from;
}
