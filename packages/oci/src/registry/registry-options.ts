import type { BlobOrigins } from './blobs/blob-origins.ts';
import type { CredentialSource } from './credentials/credentials.ts';
import type { CredentialEnvironment } from './credentials/default-credentials.ts';
import type { EcrRepositorySettings } from './ecr/create-ecr-repository.ts';

export interface RegistryOptions {
  /** Whom to be; anonymous unless told. */
  readonly credentials?: CredentialSource;
  /**
   * Registries, as `host:port`, that may be spoken to without TLS, and so may their token services when they are listed
   * as well. What is on loopback may anyway.
   */
  readonly plainHttp?: readonly string[];
  /** Certificates of authorities, in PEM, that are trusted besides the usual ones. */
  readonly ca?: readonly string[];
  /** As in HTTP_PROXY, HTTPS_PROXY and NO_PROXY. What is on loopback is never reached through one. */
  readonly proxy?: { readonly http?: string; readonly https?: string; readonly noProxy?: string };
  /** Remembers in which repositories a registry has which blobs, so that they can be mounted instead of sent; in memory unless told. */
  readonly origins?: BlobOrigins;
  /** Makes a repository in ECR when it is missing. */
  readonly ecr?: { readonly settings: EcrRepositorySettings; readonly environment: CredentialEnvironment };
  /** How many blobs may be under way at a time; 4 unless told. */
  readonly atOnce?: number;
  readonly retry?: Partial<RetryOptions>;
  /** For jitter, from 0 up to 1; `Math.random` unless told. */
  readonly random?: () => number;
  /** The largest part in which a blob is sent, in bytes. Unless told, it goes in one request, and to ECR in parts of 10 MiB. */
  readonly maxPartBytes?: number;
}

export interface RetryOptions {
  /** How often a request is sent again after the first time. */
  readonly retries: number;
  /** The first wait; each further one is twice as long, with jitter. */
  readonly firstWaitMs: number;
  /** A registry that asks to wait longer is not waited for. */
  readonly maxWaitMs: number;
}
