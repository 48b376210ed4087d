import { type DescribedPlatform, formatPlatform, samePlatform } from '../model/platform.ts';
import type { ContainerEngine } from './container-engine.ts';
import { engineErrors } from './errors.ts';

/**
 * Which of the platforms that are built an engine gets: all, where it keeps indexes; the only one, whatever it is; or
 * the engine's own.
 * @throws CATA_ENGINE_PLATFORM
 */
export function platformsForEngine<P extends DescribedPlatform>(
  { name, kind, platform }: Pick<ContainerEngine, 'name' | 'kind' | 'platform'>,
  built: readonly P[],
): readonly P[] {
  if (kind === 'containerd' || built.length === 1) return built;
  const native = built.filter((one) => samePlatform(one, platform));
  if (native.length > 0) return native;
  throw engineErrors.CATA_ENGINE_PLATFORM({
    engine: name,
    platform: formatPlatform(platform),
    present: built.map(formatPlatform).join(', '),
  });
}
