import { createHash } from 'node:crypto';
import { Refusal } from './refusal.ts';

const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const namePattern = new RegExp(`^${component}(?:/${component})*$`);
const hexLength: ReadonlyMap<string, number> = new Map([
  ['sha256', 64],
  ['sha512', 128],
]);

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests */
export function checkName(name: string): string {
  if (name.length <= 255 && namePattern.test(name)) return name;
  throw new Refusal(400, [{ code: 'NAME_INVALID', message: 'invalid repository name', detail: { name } }]);
}

export function isTag(text: string): boolean {
  return /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/.test(text);
}

/** No tag has a colon. */
export function isDigest(text: string): boolean {
  return text.includes(':');
}

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md#registered-algorithms */
export function checkDigest(text: string | null): string {
  const [algorithm = '', hex = ''] = (text ?? '').split(':', 2);
  if (text === `${algorithm}:${hex}` && /^[0-9a-f]+$/.test(hex) && hexLength.get(algorithm) === hex.length) {
    return text;
  }
  throw digestInvalid(text ?? '', 'no digest of a known algorithm');
}

/** The digest that the bytes really have, by the algorithm of the one that they should have; else sha256. */
export function actualDigest(bytes: Uint8Array, expected = ''): string {
  const algorithm = expected.startsWith('sha512:') ? 'sha512' : 'sha256';
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
}

export function digestInvalid(digest: string, reason: string): Refusal {
  const message = 'provided digest did not match uploaded content';
  return new Refusal(400, [{ code: 'DIGEST_INVALID', message, detail: { digest, reason } }]);
}
