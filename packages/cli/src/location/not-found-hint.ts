import { stat } from 'node:fs/promises';
import { CatamaranError, formatReference, type Reference } from '@catamaran/oci';
import type { Location } from './location.ts';
import { withHint } from './with-hint.ts';

const notFound = new Set(['CATA_IMAGE_NOT_FOUND', 'CATA_LAYOUT_MISSING', 'CATA_MANIFEST_NOT_FOUND']);

/** Where nothing was found: what else the same text may have been meant to say. */
export async function withNotFoundHint(
  error: unknown,
  location: Location,
  reference: Reference,
): Promise<unknown> {
  if (!(error instanceof CatamaranError) || !notFound.has(error.code)) return error;
  const isNamedAlone = reference.tag === undefined && reference.digest === undefined;
  if (location.kind === 'registry' || location.kind === 'docker-archive') {
    return isNamedAlone ? withHint(error, 'Without a tag, "latest" is meant.') : error;
  }
  if (!location.isBare) return error;
  const { text } = location;
  if (await isFile(text))
    return withHint(error, `For the file: docker-archive:${text} or oci-archive:${text}.`);
  return withHint(error, `On Docker Hub it is ${onDockerHub(reference)}.`);
}

/** A name alone is a layout's here; to those who come from docker it is Docker Hub's. */
function onDockerHub(reference: Reference): string {
  const name = formatReference(reference);
  return `docker.io/${name.includes('/') ? name : `library/${name}`}`;
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
