import type { ContainerProcess } from './container-process.ts';
import { removeBundle } from './remove-bundle.ts';
import type { Bundle } from './runc.ts';
import { type StopManner, stopContainer } from './stop-container.ts';

/**
 * Ends a container, if there is one, and removes all that belongs to it. Honours no abort: whoever aborts wants
 * nothing left.
 * @throws CATA_SERVICE_NOT_REMOVED
 */
export async function endContainer(
  bundle: Bundle,
  container: ContainerProcess | undefined,
  manner: StopManner,
): Promise<void> {
  if (container) await stopContainer(bundle, container, manner);
  await removeBundle(bundle);
}
