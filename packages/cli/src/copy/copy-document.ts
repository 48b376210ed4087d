import type { Digest } from '@catamaran/oci';
import type { RegistryTally } from '../push/push-tally.ts';

/** What a copy did, as `--json` prints it. */
export interface CopyDocument {
  readonly from: string;
  readonly to: string;
  readonly digest: Digest;
  /** Another one when platforms were left out, when it was converted, or where the form of the image had to change. */
  readonly sourceDigest: Digest;
  /** What had the name in the layout until then, where that was something else. */
  readonly replaced?: Digest;
  /** Docker's media types became OCI's. */
  readonly converted: boolean;
  /** What of an index was copied, attestations included; empty for a single image. */
  readonly platforms: readonly string[];
  readonly leftOut: readonly string[];
  readonly durationMs: number;
  /** One, or none where the copy is in no registry. */
  readonly registries: readonly RegistryTally[];
}
