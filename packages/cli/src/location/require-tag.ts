import { cliErrors } from '../errors.ts';

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests @throws CATA_TAG_INVALID */
export function requireTag(text: string): void {
  if (!/^\w[\w.-]{0,127}$/.test(text)) throw cliErrors.CATA_TAG_INVALID({ text });
}
