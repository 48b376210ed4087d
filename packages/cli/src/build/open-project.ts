import { loadProject, type Project, type ProjectOverrides, RecordedInputs } from '@catamaran/build';
import { parsePlatform } from '@catamaran/oci';
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
 * @throws CATA_PLATFORM_INVALID and what `loadProject` throws
 */
export async function openProject(
  folder: string,
  platforms: readonly string[] | undefined,
  { sourceDateEpoch }: Environment,
  limits: ProjectOverrides['limits'] = {},
): Promise<OpenedProject> {
  const inputs = new RecordedInputs();
  const configs = new ParsedConfigs();
  const named = (platforms ?? [])
    .flatMap((value) => value.split(','))
    .map((text) => parsePlatform(text.trim()));
  const overrides = {
    ...(named.length === 0 ? {} : { platforms: [...new Set(named)] }),
    limits,
    ...(sourceDateEpoch === undefined ? {} : { sourceDateEpoch }),
  };
  return { project: await loadProject(folder, overrides, inputs, configs), inputs, configs };
}
