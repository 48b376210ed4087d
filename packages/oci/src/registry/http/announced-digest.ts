import { type Digest, isDigest } from '../../model/digest.ts';
import type { Answer } from './answer.ts';

/** Undefined where a registry does not say, or says it in an algorithm that is not used here. */
export function announcedDigest({ headers }: Answer): Digest | undefined {
  const text = headers['docker-content-digest'];
  return isDigest(text) ? text : undefined;
}
