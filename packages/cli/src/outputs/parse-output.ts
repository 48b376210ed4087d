import { CatamaranError, parsePlatform, parseReference, type Reference } from '@catamaran/oci';
import { cliErrors } from '../errors.ts';
import { type Output, type OutputType, stdoutDest } from './output.ts';

const types: readonly OutputType[] = ['oci', 'oci-archive', 'docker-archive'];
/** What those who come from "docker buildx" mean. */
const otherNames: Readonly<Record<string, string>> = {
  docker: 'docker-archive',
  tar: 'oci-archive',
  local: 'oci',
  image: 'oci',
  registry: 'oci", and "catamaran push" for registries; "oci',
};
const fields: readonly string[] = ['type', 'dest', 'name', 'platform'];

/**
 * Reads `type=oci-archive,dest=app.tar,name=app:1,platform=linux/arm64`; type and dest have to be there.
 * @throws CATA_OUTPUT_INVALID
 */
export function parseOutput(text: string): Output {
  const refuse = (reason: string) => cliErrors.CATA_OUTPUT_INVALID({ text, reason });
  const given = readFields(text, refuse);
  const type = readType(given.get('type'), refuse);
  const dest = given.get('dest');
  if (!dest) throw refuse(dest === '' ? 'its dest is empty' : 'it has no dest');
  const isTar = /\.tar$/.test(dest) || dest === stdoutDest;
  if (type === 'oci' && isTar) throw refuse('type=oci is a folder; a tar file of it is type=oci-archive');
  const name = given.get('name');
  const platform = given.get('platform');
  try {
    return {
      ...{ type, dest, text },
      ...(name === undefined ? {} : { name: readName(type, name) }),
      ...(platform === undefined ? {} : { platform: parsePlatform(platform) }),
    };
  } catch (error) {
    throw error instanceof CatamaranError ? refuse(inSentence(error.message)) : error;
  }
}

type Refuse = (reason: string) => Error;

function readFields(text: string, refuse: Refuse): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const part of text.split(',')) {
    const at = part.indexOf('=');
    const [field, value] = [part.slice(0, at).trim(), part.slice(at + 1)];
    if (at < 0) throw refuse(`"${part}" has no "="`);
    if (!fields.includes(field)) throw refuse(`there is no "${field}"; there are ${fields.join(', ')}`);
    if (given.has(field)) throw refuse(`it has two of "${field}"`);
    given.set(field, value);
  }
  return given;
}

function readType(text: string | undefined, refuse: Refuse): OutputType {
  if (text === undefined) throw refuse('it has no type');
  const type = types.find((known) => known === text);
  if (type) return type;
  const meant = Object.hasOwn(otherNames, text) ? `; you may mean "${otherNames[text]}"` : '';
  throw refuse(`there is no type "${text}"; there are ${types.join(', ')}${meant}`);
}

/** Names in OCI layouts are free; those in Docker's archives are Docker's. */
function readName(type: OutputType, name: string): Reference {
  return type === 'docker-archive' ? parseReference(name) : { repository: name };
}

function inSentence(message: string): string {
  return message.replace(/\.$/, '').replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}
