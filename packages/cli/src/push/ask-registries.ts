import {
  type Context,
  type Reference,
  type RegistryStore,
  repositoryNameOf,
  runStep,
  runTogether,
} from '@catamaran/oci';
import { registriesOf } from './push-targets.ts';

/** Asks every registry whether it lets us in. @throws CATA_REGISTRY_… and what credentials throw */
export async function askRegistries(
  targets: readonly Reference[],
  registries: RegistryStore,
  ctx: Context,
): Promise<void> {
  await runTogether(
    registriesOf(targets).map((target) => (inner: Context) => {
      const { registry } = repositoryNameOf(target);
      const title = `Registry ${registry}`;
      return runStep(`ask.${registry}`, title, inner, async (step) => {
        await registries.tryPush(target, inner);
        step.conclude('lets us in');
      });
    }),
    ctx,
  );
}
