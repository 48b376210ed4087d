import type { Context } from '../context/context.ts';
import { askEngine, type ContainerEngine } from './container-engine.ts';
import { engineAddresses } from './engine-addresses.ts';
import type { EngineEnvironment } from './engine-environment.ts';
import { engineErrors } from './errors.ts';

/**
 * The Docker or Podman that `docker` and `podman` on this machine would speak to: the one of DOCKER_HOST or of the
 * Docker context, or else the first that answers of those in their usual places.
 * @throws CATA_ENGINE_UNREACHABLE, CATA_ENGINE_ADDRESS_INVALID, CATA_ENGINE_CONTEXT_INVALID
 */
export async function findEngine(environment: EngineEnvironment, ctx: Context): Promise<ContainerEngine> {
  const tried: string[] = [];
  for (const address of await engineAddresses(environment)) {
    const found = await askEngine(address, ctx);
    if (typeof found !== 'string') return found;
    tried.push(`  ${address.text} (${address.source}): ${found}`);
  }
  throw engineErrors.CATA_ENGINE_UNREACHABLE({ tried: tried.join('\n') });
}
