import { CatamaranError, parseDigest, parseReference, type Reference } from '@catamaran/oci';
import { cliErrors } from '../errors.ts';
import type { Location, PathLocation } from './location.ts';

/** What skopeo knows and Catamaran does not: as a name with a tag it would be searched for in vain. */
const unknownSchemes = ['containers-storage', 'docker-daemon', 'ostree', 'sif', 'tarball'];

/**
 * Reads where an image is: `registry.example.com/app:1`, `docker://alpine`, `oci:folder[:name]`,
 * `oci-archive:file[:name]`, `docker-archive:file[:name]` (as skopeo has them), or a name in the layout.
 * @param layout folder in which bare names are
 * @throws CATA_LOCATION_INVALID, CATA_DIGEST_INVALID
 */
export function parseLocation(text: string, layout: string): Location {
  const refuse = (reason: string, cause?: unknown) =>
    cliErrors.CATA_LOCATION_INVALID({ text, reason }, { cause });
  const address = /^(https?):\/\/([^/]*)/.exec(text);
  if (address) throw refuse(`a registry is named without "${address[1]}://"`);
  const [scheme = '', rest = ''] = splitAtFirst(text, ':');
  if (unknownSchemes.includes(scheme)) throw refuse(`"${scheme}:" is not known here`);
  try {
    if (text.startsWith('docker://')) {
      return { kind: 'registry', reference: parseReference(text.slice('docker://'.length)), text };
    }
    if (isPathScheme(scheme)) return parsePath(scheme, rest, text);
    const reference = parseReference(text);
    return reference.registry === undefined
      ? { kind: 'oci', path: layout, reference, text, isBare: true }
      : { kind: 'registry', reference, text };
  } catch (cause) {
    if (!(cause instanceof CatamaranError) || cause.code !== 'CATA_REFERENCE_INVALID') throw cause;
    throw refuse(reasonOf(String(cause.details.text)), cause);
  }

  function parsePath(kind: PathLocation['kind'], pathAndName: string, given: string): PathLocation {
    const { path, digest } = splitDigest(pathAndName);
    const [folder = '', name] = splitAtFirst(path, ':');
    if (folder === '') throw refuse(`after "${kind}:" there is no path`);
    if (name === '') throw refuse('after the last colon there is no name');
    const named = name === undefined ? undefined : parseName(kind, name);
    const reference = digest ? { repository: '', ...named, digest: parseDigest(digest) } : named;
    return { kind, path: folder, reference, text: given, isBare: false };
  }
}

/** Names in OCI layouts are free; those in Docker's archives are Docker's. */
function parseName(kind: PathLocation['kind'], name: string): Reference {
  return kind === 'docker-archive' ? parseReference(name) : { repository: name };
}

function isPathScheme(scheme: string): scheme is PathLocation['kind'] {
  return scheme === 'oci' || scheme === 'oci-archive' || scheme === 'docker-archive';
}

/** A digest at the end, which names an image whatever it is called. */
function splitDigest(text: string): { readonly path: string; readonly digest?: string } {
  const found = /^(?<path>.*)@(?<digest>sha256:[^/]*)$/s.exec(text)?.groups;
  return found?.path && found.digest ? { path: found.path, digest: found.digest } : { path: text };
}

function splitAtFirst(text: string, separator: string): readonly [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

function reasonOf(text: string): string {
  if (text.trim() === '') return 'its name is empty';
  if (/^\.{0,2}\//.test(text)) {
    return `it is a path; say what is there, as in docker-archive:${text}, oci-archive:${text} or oci:${text}`;
  }
  if (/[A-Z]/.test(text.replace(/:[^/]*$/, ''))) return 'names are written in lower case';
  return 'it is not a name with a tag or digest';
}
