import { formatReference, parseReference, type Reference } from '@catamaran/oci';
import { cliErrors } from '../errors.ts';
import type { Location, NamedLocation, PathLocation } from '../location/location.ts';

/**
 * Where something is written: under the name that it has, when none is given.
 * @throws CATA_LOCATION_INVALID
 */
export function targetLocation(to: Location, from: NamedLocation): NamedLocation {
  if (to.kind === 'registry') return to;
  const refuse = (reason: string) => cliErrors.CATA_LOCATION_INVALID({ text: to.text, reason });
  if (to.reference?.digest) throw refuse('a digest is what an image has, and nothing to write under');
  const reference = to.reference ?? nameIn(to.kind, localName(from));
  if (reference.repository === '') throw refuse('it has no name, and the image has none to keep');
  return { ...to, reference };
}

/** What an image from elsewhere is called here: `registry.example.com/team/app:1` is "app:1". */
export function localName({ kind, reference }: NamedLocation): Reference {
  const { repository, tag } = reference;
  const name = kind === 'registry' ? (repository.split('/').at(-1) ?? repository) : repository;
  return { repository: name, ...(tag === undefined ? {} : { tag }) };
}

/** Docker's archives have names with tags; a layout's are in one piece. */
function nameIn(kind: PathLocation['kind'], name: Reference): Reference {
  return kind === 'docker-archive' && name.repository !== '' ? parseReference(formatReference(name)) : name;
}
