import type { SigningKey } from './signature.ts';

export interface EcrRepository {
  readonly name: string;
  readonly arn: string;
  /** Host and name, as images are named. */
  readonly uri: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly createdAt: number;
  readonly imageTagMutability: string;
  readonly scanOnPush: boolean;
  /** JSON; undefined when there is none. */
  lifecyclePolicyText?: string;
}

export interface EcrCall {
  /** "CreateRepository" */
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface EcrApiOptions {
  /** Who may enter. By default `testKey`. */
  readonly key?: SigningKey;
  readonly accountId?: string;
  /** Where its registry is; requests for other regions are signed wrongly. By default "eu-central-1". */
  readonly region?: string;
  /** What a token is made of: the registry's user is "AWS". A function is asked for each token. */
  readonly password?: string | (() => string);
  /** By default 12 hours, as in AWS. */
  readonly tokenLifetimeMs?: number;
  /** Milliseconds since 1970-01-01 UTC, by default the system's. Only tokens and repositories follow it. */
  readonly now?: () => number;
  /** Actions that the caller's policy does not allow, such as "CreateRepository". */
  readonly deny?: readonly string[];
  /** The session's token is too old. */
  readonly expired?: boolean;
  /** Before the caller has its answer. */
  readonly onRepositoryCreated?: (repository: EcrRepository) => void | Promise<void>;
}

/** What the operations work on. */
export interface EcrState {
  readonly options: Required<Omit<EcrApiOptions, 'onRepositoryCreated'>> &
    Pick<EcrApiOptions, 'onRepositoryCreated'>;
  readonly repositories: Map<string, EcrRepository>;
}

export interface EcrApi {
  /** For AWS_ENDPOINT_URL_ECR. */
  readonly endpoint: string;
  /** "123456789012.dkr.ecr.eu-central-1.amazonaws.com" */
  readonly registry: string;
  readonly repositories: ReadonlyMap<string, EcrRepository>;
  /** Those that were allowed in, refused ones included, in their order. */
  readonly calls: readonly EcrCall[];
}
