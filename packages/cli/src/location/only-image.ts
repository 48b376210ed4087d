import {
  type Context,
  imageId,
  openArchive,
  parseReference,
  type Reference,
  readArchiveIndex,
  readLayoutIndex,
  readSavedImages,
  refNameOf,
} from '@catamaran/oci';
import { cliErrors } from '../errors.ts';
import type { PathLocation } from './location.ts';

interface Present {
  /** As it is shown. */
  readonly name: string;
  readonly reference: Reference;
}

/**
 * What a folder or file without a name stands for: the one image in it. Undefined where there is no layout.
 * @throws CATA_LOCATION_NAME_MISSING when there are several, or none
 */
export async function onlyImage(location: PathLocation, ctx: Context): Promise<Reference | undefined> {
  const present = await imagesIn(location, ctx);
  if (present?.length === 1) return present[0]?.reference;
  if (!present) return undefined;
  const names = present.map(({ name }) => name).join(', ') || 'none';
  throw cliErrors.CATA_LOCATION_NAME_MISSING({ text: location.text, present: names });
}

async function imagesIn({ kind, path }: PathLocation, ctx: Context): Promise<readonly Present[] | undefined> {
  if (kind === 'docker-archive') return savedImages(path, ctx);
  const index =
    kind === 'oci'
      ? await readLayoutIndex(path)
      : await readArchiveIndex(await openArchive(path, ctx.signal));
  return index?.manifests.map((entry) => {
    const name = refNameOf(entry) ?? entry.digest;
    return { name, reference: { repository: refNameOf(entry) ?? '', digest: entry.digest } };
  });
}

async function savedImages(path: string, ctx: Context): Promise<readonly Present[]> {
  const saved = await readSavedImages(await openArchive(path, ctx.signal));
  return saved.map((image) => {
    const [name] = image.names;
    if (name !== undefined) return { name, reference: parseReference(name) };
    const digest = imageId(image);
    return { name: digest ?? image.config, reference: { repository: '', ...(digest ? { digest } : {}) } };
  });
}
