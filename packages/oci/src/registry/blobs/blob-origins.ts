import type { Digest } from '../../model/digest.ts';

/** Remembers which repositories of a registry have a blob: what another one has is mounted instead of sent. */
export interface BlobOrigins {
  /** The most promising first; a wrong one costs a request and no more. */
  find(registry: string, digest: Digest): Promise<readonly string[]>;
  add(registry: string, digest: Digest, repository: string): Promise<void>;
}

/** For as long as the process runs. */
export function memoryOrigins(): BlobOrigins {
  const known = new Map<string, string[]>();
  const keyOf = (registry: string, digest: Digest) => `${registry} ${digest}`;
  return {
    find: async (registry, digest) => known.get(keyOf(registry, digest)) ?? [],
    async add(registry, digest, repository) {
      const before = known.get(keyOf(registry, digest)) ?? [];
      known.set(keyOf(registry, digest), [repository, ...before.filter((name) => name !== repository)]);
    },
  };
}
