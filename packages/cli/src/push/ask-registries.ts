import {
  type Context,
  type Reference,
  type RegistryStore,
  repositoryNameOf,
  runStep,
  runTogether,
} from '@catamaran/oci';
import { repositoriesOf } from './push-targets.ts';

/** Asks every registry whether it lets us in. @throws CATA_REGISTRY_… and what credentials throw */
export async function askRegistries(
  targets: readonly Reference[],
  registries: RegistryStore,
  ctx: Context,
): Promise<void> {
  await runTogether(
    repositoriesOf(targets).map((target) => (inner: Context) => {
      const { registry, repository } = repositoryNameOf(target);
      const title = `Repository ${registry}/${repository}`;
      return runStep(`ask.${registry}/${repository}`, title, inner, async (step) => {
        await registries.tryPush(target, inner);
        step.conclude('lets us in');
      });
    }),
    ctx,
  );
}
