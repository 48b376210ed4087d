import {
  type BuildParts,
  buildIndex,
  type Cache,
  type Inputs,
  openCache,
  type Project,
  projectParts,
} from '@catamaran/build';
import type { CheckReport } from '@catamaran/check';
import {
  type Context,
  type Digest,
  type ImageIndex,
  layoutStore,
  parseReference,
  type RegistryStore,
} from '@catamaran/oci';
import { checkIndex, requireNoErrors } from '../check/check-index.ts';
import { withSilences } from '../check/silences.ts';
import type { Environment } from '../process/environment.ts';
import { againWhenVanished } from './again-when-vanished.ts';
import { cacheError } from './cache-error.ts';
import type { OpenedProject } from './open-project.ts';

export interface BuiltProject {
  readonly project: Project;
  readonly index: ImageIndex;
  readonly digest: Digest;
  readonly reports: readonly CheckReport[];
  readonly cache: Cache;
  /** All of the project that was read. */
  readonly inputs: Inputs;
  readonly durationMs: number;
}

export interface BuildOptions {
  /** Folder of the layout that it is stored in. */
  readonly layout: string;
  /** A file that is told what the check found, in SARIF, whether or not the image is stored. */
  readonly checkReport?: string;
}

/**
 * Builds, checks, and only then stores: the layout never holds an image with a wrong binary.
 * @param registry opens registries, for a base that is in one
 */
export async function buildProject(
  { project, inputs }: OpenedProject,
  { layout, checkReport }: BuildOptions,
  environment: Environment,
  registry: () => Promise<RegistryStore>,
  ctx: Context,
): Promise<BuiltProject> {
  const startedNs = ctx.clock.monotonicNs();
  const cache = openCache(environment.cacheFolder);
  const env = environment.variables;
  const build = async () => {
    await using parts = await projectParts(project, { cache, env, inputs, registry });
    // Until an image is stored, the cache is the only place that is written to.
    const { index, reports } = await buildAndCheck(project, parts, cache, ctx).catch((error: unknown) => {
      throw cacheError(error, environment.cacheFolder);
    });
    if (checkReport !== undefined) {
      const { writeCheckReport } = await import('../check/write-check-report.ts');
      await writeCheckReport(checkReport, project, reports);
    }
    requireNoErrors(project.name, reports);
    const { digest } = await layoutStore(layout).put(parseReference(project.name), index, ctx);
    return { index, reports, digest };
  };
  const built = await againWhenVanished(environment.cacheFolder, build, ctx);
  const durationMs = Number(ctx.clock.monotonicNs() - startedNs) / 1e6;
  return { project, ...built, cache, inputs: inputs.inputs, durationMs };
}

async function buildAndCheck(project: Project, parts: BuildParts, cache: Cache, ctx: Context) {
  const index = await buildIndex(project, parts, ctx);
  return { index, reports: withSilences(await checkIndex(index, cache, ctx), project, ctx) };
}
