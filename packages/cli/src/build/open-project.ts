import { loadProject, type Project, type ProjectOverrides } from '@catamaran/build';
import { parsePlatform } from '@catamaran/oci';
import type { Environment } from '../process/environment.ts';

/**
 * The project in a folder, with what the command line and the environment say instead of its configuration.
 * @param platforms as in `--platform linux/amd64,linux/arm64 --platform …`
 * @throws CATA_PLATFORM_INVALID and what `loadProject` throws
 */
export function openProject(
  folder: string,
  platforms: readonly string[] | undefined,
  { sourceDateEpoch }: Environment,
  limits: ProjectOverrides['limits'] = {},
): Promise<Project> {
  const named = (platforms ?? [])
    .flatMap((value) => value.split(','))
    .map((text) => parsePlatform(text.trim()));
  return loadProject(folder, {
    ...(named.length === 0 ? {} : { platforms: [...new Set(named)] }),
    limits,
    ...(sourceDateEpoch === undefined ? {} : { sourceDateEpoch }),
  });
}
