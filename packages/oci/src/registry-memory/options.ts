import type { Clock } from '../context/clock.ts';
import type { FaultPlan } from './fault.ts';

export interface MemoryRegistryOptions {
  /** PEM. Without it, plain HTTP. */
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly auth?: AuthOptions;
  readonly faults?: FaultPlan;
  readonly quirks?: Partial<Quirks>;
  /** What tokens expire by and ECR counts by; by default the system's. */
  readonly clock?: Pick<Clock, 'now'>;
}

export interface AuthOptions {
  /** `bearer` has its own token service, at /token. */
  readonly kind: 'basic' | 'bearer';
  readonly username: string;
  readonly password: string;
  /** By default nobody gets in without credentials. */
  readonly anonymousPull?: boolean;
  /** By default 300. */
  readonly tokenLifetimeSeconds?: number;
}

/** How registries differ from each other, and from the specification. */
export interface Quirks {
  /**
   * As Amazon ECR: PATCH is answered with 201, parts but the last have at least 5 MiB, parts with a Content-Range at
   * most 10 MiB, nothing is mounted, repositories have to be created, ten manifests a second.
   */
  readonly ecr: boolean;
  /** Told by OCI-Chunk-Min-Length; what follows a smaller part is refused. */
  readonly chunkMinBytes: number;
  /** Larger bodies get 413 and a page for people, as from a proxy. */
  readonly maxChunkBytes: number;
  /** An upload begins (202) where a blob could have been mounted (201). */
  readonly noMount: boolean;
  /** 404 for the referrers API, and no OCI-Subject. */
  readonly noReferrers: boolean;
  /** 405 for DELETE of a tag. (The CNCF's registry 2.8 cannot do it either, and answers 400 DIGEST_INVALID.) */
  readonly noTagDelete: boolean;
  /** A tag that is there is not put again, not even for what it stands for: 400 TAG_INVALID, in ECR's words. */
  readonly immutableTags: boolean;
  /** With scheme and host; by default Location is a path. */
  readonly absoluteLocations: boolean;
  /** Scheme and host: GET of a blob that exists is sent there with 307, to the same path. */
  readonly redirectBlobsTo: string;
  /** Most tags in an answer, by default 100. */
  readonly pageSize: number;
}
