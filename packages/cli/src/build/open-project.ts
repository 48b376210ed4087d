import { loadProject, type Project, type ProjectOverrides, RecordedInputs } from '@catamaran/build';
import { type Platform, parsePlatform } from '@catamaran/oci';
import type { Environment } from '../process/environment.ts';
import { ParsedConfigs } from '../repeat/parsed-configs.ts';

/** A project, and what has been read of it so far. */
export interface OpenedProject {
  readonly project: Project;
  readonly inputs: RecordedInputs;
  readonly configs: ParsedConfigs;
}

/**
 * The project in a folder, with what the command line and the environment say instead of its configuration.
 * @param platforms as in `--platform linux/amd64,linux/arm64 --platform …`
 * @param inputs told of what is read, also where it fails
 * @throws CATA_PLATFORM_INVALID and what `loadProject` throws
 */
export async function openProject(
  folder: string,
  platforms: readonly string[] | undefined,
  { sourceDateEpoch }: Environment,
  limits: ProjectOverrides['limits'] = {},
  inputs: RecordedInputs = new RecordedInputs(),
): Promise<OpenedProject> {
  const configs = new ParsedConfigs();
  const named = namedPlatforms(platforms);
  const overrides = {
    ...(named.length === 0 ? {} : { platforms: named }),
    limits,
    ...(sourceDateEpoch === undefined ? {} : { sourceDateEpoch }),
  };
  return { project: await loadProject(folder, overrides, inputs, configs), inputs, configs };
}

/** What `--platform` names, each once. @throws CATA_PLATFORM_INVALID */
export function namedPlatforms(texts: readonly string[] = []): readonly Platform[] {
  const named = texts.flatMap((text) => text.split(',')).map((text) => parsePlatform(text.trim()));
  return [...new Set(named)];
}
