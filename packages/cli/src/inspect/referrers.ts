import { CatamaranError, type Context, type Digest, type RegistryStore } from '@catamaran/oci';
import type { Location } from '../location/location.ts';
import { formatTable } from '../output/format-table.ts';
import { printable } from '../output/printable.ts';
import { namedTexts } from './execution-document.ts';
import { type ContentDocument, contentDocument } from './image-document.ts';

/** A signature, an SBOM or the like that says itself which image it is about. */
export interface ReferrerDocument extends ContentDocument {
  readonly artifactType: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What is attached to an image in a registry. That a registry cannot list it is no reason not to show the image. */
export async function referrersOf(
  location: Location,
  digest: Digest,
  registries: RegistryStore,
  ctx: Context,
): Promise<readonly ReferrerDocument[]> {
  if (location.kind !== 'registry') return [];
  try {
    const found = await registries.referrers({ ...location.reference, digest }, undefined, ctx);
    return found.map((descriptor) => ({
      ...contentDocument(descriptor),
      artifactType: descriptor.artifactType ?? '',
      annotations: namedTexts(descriptor.annotations),
    }));
  } catch (error) {
    if (ctx.signal.aborted || !(error instanceof CatamaranError)) throw error;
    ctx.emit({ type: 'warning', message: `What is attached to it cannot be listed: ${error.message}` });
    return [];
  }
}

export function referrerLines(referrers: readonly ReferrerDocument[]): string[] {
  return formatTable(referrers.map(({ artifactType, digest }) => [digest, printable(artifactType)]));
}
