import { buildDocument } from '../build/build-document.ts';
import { buildProject } from '../build/build-project.ts';
import { buildSummary } from '../build/build-summary.ts';
import { openProject } from '../build/open-project.ts';
import { openDeliveries } from '../outputs/deliveries.ts';
import { type DeliveryFlags, deliveryOptions } from '../outputs/delivery-flags.ts';
import { deliverySummary } from '../outputs/delivery-summary.ts';
import { runCommand } from '../process/run-command.ts';
import { registriesWhenNeeded } from '../registry/registries-when-needed.ts';
import type { RegistryFlags } from '../registry/registry-flags.ts';
import { recordBuild } from '../repeat/record-build.ts';
import type { ProjectFlags } from './project-flags.ts';

export interface BuildFlags extends ProjectFlags, RegistryFlags, DeliveryFlags {}

/** `catamaran build`: the digest on stdout, everything else on stderr. */
export function build(folder: string, flags: BuildFlags): Promise<never> {
  return runCommand(flags, async (surroundings, ctx) => {
    const { environment, stdout, stderr } = surroundings;
    const options = deliveryOptions(flags, stdout);
    if (flags.watch) {
      const { watchProject } = await import('../watch/watch-project.ts');
      await watchProject(folder, flags, options, surroundings, ctx);
      return { document: undefined, text: '' };
    }
    const opened = await openProject(folder, flags.platform, environment);
    await using registries = registriesWhenNeeded(flags, environment);
    await using deliveries = await openDeliveries(options, opened.project, environment, stdout, ctx);
    const built = await buildProject(opened, options, environment, registries.open, ctx);
    const document = await buildDocument(built, flags.layout);
    // What is delivered somewhere, or written, is so each time.
    const isStoredAlone = options.outputs.length === 0 && !options.load && options.checkReport === undefined;
    if (isStoredAlone) await recordBuild(opened, built, document, flags);
    const delivered = await deliveries.deliver(built, ctx);
    const summary = `${buildSummary(document)}${deliverySummary(delivered)}`;
    if (!options.toStdout)
      return { document: { ...document, ...delivered }, text: `${built.digest}\n`, summary };
    // Stdout has the archive, whole, and nothing else.
    await stderr.write(`${built.digest}\n`);
    return { document, text: '', summary };
  });
}
