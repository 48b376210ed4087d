import type { Digest } from '../../model/digest.ts';

/** Remembers which repositories of a registry have a blob: what another one has is mounted instead of sent. */
export interface BlobOrigins {
  /** The most promising first; a wrong one costs a request and no more. */
  find(registry: string, digest: Digest): Promise<readonly string[]>;
  add(registry: string, digest: Digest, repository: string): Promise<void>;
}
