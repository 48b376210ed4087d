import {
  type Context,
  type Digest,
  type Image,
  type ImageIndex,
  layoutStore,
  type Reference,
  type RegistryStore,
  runTogether,
} from '@catamaran/oci';
import { buildDocument } from '../build/build-document.ts';
import { buildProject } from '../build/build-project.ts';
import { buildSummary } from '../build/build-summary.ts';
import { openProject } from '../build/open-project.ts';
import { withRegistryHint } from '../location/missing-registry.ts';
import { runCommand } from '../process/run-command.ts';
import { askRegistries } from '../push/ask-registries.ts';
import { type PushDocument, pushedReference } from '../push/push-document.ts';
import { pushSummary } from '../push/push-summary.ts';
import { PushTally } from '../push/push-tally.ts';
import { pushTargets, splitPushArguments } from '../push/push-targets.ts';
import { openRegistries } from '../registry/open-registries.ts';
import type { RegistryFlags } from '../registry/registry-flags.ts';
import type { CheckReportFlags, ProjectFlags } from './project-flags.ts';

export interface PushFlags extends ProjectFlags, RegistryFlags, CheckReportFlags {
  readonly tag?: readonly string[];
}

/** `catamaran push`: what was pushed on stdout, with its digest, everything else on stderr. */
export function push(words: readonly string[], flags: PushFlags): Promise<never> {
  return runCommand(flags, async ({ environment }, ctx) => {
    const { folder, references } = splitPushArguments(words);
    const opened = await openProject(folder, flags.platform, environment).catch((error: unknown) => {
      throw withRegistryHint(error, folder);
    });
    const { project } = opened;
    const targets = pushTargets(references, flags.tag ?? [], project);
    await using registries = await openRegistries(flags, environment, project.publish.ecr);
    // A wrong password is told before a long build, and not after it.
    const [built] = await runTogether(
      [
        (inner) => buildProject(opened, flags, environment, async () => registries, inner),
        (inner) => askRegistries(targets, registries, inner),
      ],
      ctx,
    );
    const image = await storedBy(flags.layout, project.name, built.digest, ctx);
    const tally = await publish(targets, image, registries, ctx);
    const build = await buildDocument(built, flags.layout);
    const pushed = targets.map((target) => pushedReference(target, built.digest));
    const document: PushDocument = { name: project.name, digest: built.digest, build, pushed, ...tally };
    return {
      document,
      text: pushed.map(({ reference }) => `${reference}\n`).join(''),
      summary: `${buildSummary(build)}\npushed\n${pushSummary(tally.registries)}`,
    };
  });
}

/** From the layout, where blobs can be read from anywhere in them: what breaks off goes on from there. */
function storedBy(layout: string, name: string, digest: Digest, ctx: Context): Promise<Image | ImageIndex> {
  return layoutStore(layout).get({ repository: name, digest }, ctx);
}

async function publish(
  targets: readonly Reference[],
  image: Image | ImageIndex,
  registries: RegistryStore,
  ctx: Context,
): Promise<Pick<PushDocument, 'durationMs' | 'registries'>> {
  const tally = new PushTally();
  const startedNs = ctx.clock.monotonicNs();
  await registries.publish(targets, image, tally.listening(ctx));
  const durationMs = Math.round(Number(ctx.clock.monotonicNs() - startedNs) / 1e6);
  return { durationMs, registries: tally.registries };
}
