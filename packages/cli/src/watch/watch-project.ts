import type { Context } from '@catamaran/oci';
import type { BuildFlags } from '../commands/build.ts';
import type { DeliveryOptions } from '../outputs/deliveries.ts';
import type { CommandSurroundings } from '../process/run-command.ts';
import { registriesWhenNeeded } from '../registry/registries-when-needed.ts';
import { RepeatedBuild } from './repeated-build.ts';
import { WatchDisplay } from './watch-display.ts';
import { watchLoop } from './watch-loop.ts';

/**
 * `catamaran build --watch`: builds until it is told to stop, or until nobody reads any more.
 * @throws CATA_PROJECT_MISSING, CATA_PLATFORM_INVALID, CATA_WATCH_IMPOSSIBLE, and what `openDeliveries` throws
 */
export async function watchProject(
  folder: string,
  flags: BuildFlags,
  delivery: DeliveryOptions,
  { environment, stdout, stderr }: CommandSurroundings,
  ctx: Context,
): Promise<void> {
  await using registries = registriesWhenNeeded(flags, environment);
  const { platform: platforms } = flags;
  const repeated = new RepeatedBuild({ folder, platforms, delivery, environment, registries, stdout });
  const { json = false, quiet = false } = flags;
  const display = new WatchDisplay({ json, quiet, stdout, stderr, folder: repeated.root });
  await watchLoop(
    {
      build: (inner) => repeated.run(inner),
      built: async ({ outcome, watched }, changes) => {
        await display.built(outcome, changes, watched.files.size);
        return !stdout.isClosed();
      },
      changed: (changes, isInterrupted) => display.changed(changes, isInterrupted),
    },
    repeated.root,
    ctx,
  );
}
