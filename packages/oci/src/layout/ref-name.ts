import { ociErrors } from '../errors/errors.ts';
import type { Descriptor } from '../model/descriptor.ts';
import type { Reference } from '../model/reference.ts';

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/annotations.md: the name of an image in a layout. */
export const refNameAnnotation = 'org.opencontainers.image.ref.name';

/** The name of an image in a layout: `bookstore`, or `bookstore:1.2.0` when there is a tag. */
export function layoutRefName({ repository, tag }: Reference): string {
  return tag ? `${repository}:${tag}` : repository;
}

export function refNameOf(entry: Descriptor): string | undefined {
  return entry.annotations?.[refNameAnnotation];
}

export function withRefName(entry: Descriptor, refName: string): Descriptor {
  return { ...entry, annotations: { ...entry.annotations, [refNameAnnotation]: refName } };
}

/**
 * What a reference names among a layout's entries, by its digest when it has one.
 * @throws CATA_IMAGE_NOT_FOUND that says what there is
 */
export function findNamed(entries: readonly Descriptor[], reference: Reference, path: string): Descriptor {
  const wanted = layoutRefName(reference);
  const found = entries.find((entry) =>
    reference.digest ? entry.digest === reference.digest : refNameOf(entry) === wanted,
  );
  if (found) return found;
  const present = entries.map((entry) => refNameOf(entry) ?? entry.digest).join(', ') || 'nothing';
  throw ociErrors.CATA_IMAGE_NOT_FOUND({ reference: reference.digest ?? wanted, path, present });
}
