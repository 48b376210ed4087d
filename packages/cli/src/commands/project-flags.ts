import type { ProjectOverrides } from '@catamaran/build';
import { parsePlatform } from '@catamaran/oci';

export interface OutputFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What the commands that build a project have in common. */
export interface ProjectFlags extends OutputFlags {
  readonly layout: string;
  /** As they were given; none means the configuration's. */
  readonly platform?: readonly string[];
}

/** Reads `--platform a,b --platform c`. @throws CATA_PLATFORM_INVALID */
export function parsePlatforms(values: readonly string[] | undefined): ProjectOverrides {
  const texts = (values ?? []).flatMap((value) => value.split(','));
  return texts.length === 0
    ? {}
    : { platforms: [...new Set(texts.map((text) => parsePlatform(text.trim())))] };
}
