import { type Digest, type Reference, repositoryNameOf } from '@catamaran/oci';
import type { BuildDocument } from '../build/build-document.ts';
import { formatRegistryReference } from '../location/format-location.ts';
import type { RegistryTally } from './push-tally.ts';

/** What a push did, as `--json` prints it. */
export interface PushDocument {
  readonly name: string;
  readonly digest: Digest;
  readonly build: BuildDocument;
  /** Of sending alone. */
  readonly durationMs: number;
  readonly pushed: readonly PushedReference[];
  readonly registries: readonly RegistryTally[];
}

export interface PushedReference {
  /** With tag and digest. */
  readonly reference: string;
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
}

export function pushedReference(target: Reference, digest: Digest): PushedReference {
  const { registry, repository } = repositoryNameOf(target);
  const { tag = 'latest' } = target;
  return { reference: formatRegistryReference({ ...target, tag, digest }), registry, repository, tag };
}
