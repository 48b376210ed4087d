import { type Context, type Platform, runTogether } from '@catamaran/oci';
import type { DependencyServices } from '../../dependencies/dependency-services.ts';
import type { DependencySource } from '../../dependencies/dependency-source.ts';
import { projectDependencies } from '../../dependencies/project-dependencies.ts';
import { tracedLayers } from '../../dependencies/traced-layers.ts';
import type { Project } from '../../project/project.ts';
import type { Application } from '../../source/application.ts';
import { applicationLayer } from '../../source/application-layer.ts';
import { generatedClient } from '../../source/generated/prisma-client.ts';
import { prepareApplication, type SourceServices } from '../../source/prepare-application.ts';
import { olderVersion } from '../../target/older-version.ts';
import type { Target, TargetOf } from '../../target/target.ts';
import { type Builder, builtLayer } from '../builder.ts';
import { imagePath } from './image-paths.ts';
import { runtimeLayer } from './runtime-layer.ts';

export interface NodeBuilderServices extends DependencyServices, SourceServices {
  readonly targetOf: TargetOf;
}

/** What is the same for every platform, and therefore done once. */
interface Prepared {
  readonly dependencies: DependencySource;
  /** Under way while dependencies are fetched. */
  readonly application: Promise<Application>;
}

/** A TypeScript or JavaScript service. */
export function nodeBuilder(services: NodeBuilderServices): Builder {
  const { targetOf, cache, npmOptions, inputs } = services;
  const prepared = new WeakMap<Project, Promise<Prepared>>();
  const prepare = async (project: Project, ctx: Context): Promise<Prepared> => {
    const targets = await Promise.all(project.platforms.map((platform) => targetOf(platform, ctx)));
    const built = Promise.withResolvers<void>();
    const withBuilt = { ...services, built: built.promise };
    const dependencies = await projectDependencies(project, targets, withBuilt, ctx);
    const onOldest = { ...project, node: oldestNode(targets) };
    const application = prepareApplication(onOldest, dependencies, services, ctx);
    // Whoever waits for it hears of a failure.
    application.catch(() => {}).then(() => built.resolve());
    return { dependencies, application };
  };
  const prepareOnce = (project: Project, ctx: Context) => {
    const found = prepared.get(project) ?? prepare(project, ctx);
    prepared.set(project, found);
    return found;
  };
  /** Nothing where the base has its own. */
  const runtimeOf = async ({ node, sourceDateEpoch }: Project, platform: Platform, ctx: Context) => {
    if (node === 'base') return [];
    const layer = await runtimeLayer(node, platform, sourceDateEpoch, cache, npmOptions, ctx);
    return [builtLayer(layer, `catamaran: Node.js ${node}`)];
  };
  const packagesOf = async (project: Project, target: Target, ctx: Context) => {
    const { dependencies, application } = await prepareOnce(project, ctx);
    if (project.app.dependencies === 'lockfile') {
      // What becomes of Prisma's client depends on what its command generates.
      if (project.app.build && (await generatedClient(project, dependencies.root, inputs))) await application;
      return dependencies.layers(target, ctx);
    }
    const { trace } = await application;
    return trace ? tracedLayers(trace, dependencies, target, { ...services, project }, ctx) : [];
  };
  return {
    kind: 'node',

    async layers(project, platform, ctx) {
      const { application } = await prepareOnce(project, ctx);
      const mtime = project.sourceDateEpoch;
      const [runtime, packages, own] = await runTogether(
        [
          (inner) => runtimeOf(project, platform, inner),
          async (inner) => packagesOf(project, await targetOf(platform, inner), inner),
          async (inner) => applicationLayer(await application, mtime, cache, inner),
        ],
        ctx,
      );
      return [...runtime, ...packages, builtLayer(own, `catamaran: application ${project.name}`)];
    },

    async execution(project, platform, ctx) {
      const { nodePath } = await targetOf(platform, ctx);
      const { dependencies, application } = await prepareOnce(project, ctx);
      const { nodeOptions, entry } = await application;
      const folder = imagePath(dependencies.workspace);
      return {
        Env: ['NODE_ENV=production'],
        Entrypoint: [`/${nodePath}`, ...nodeOptions, `/${imagePath(entry)}`],
        WorkingDir: `/${folder}`,
      };
    },
  };
}

/** What the application, which is the same for every platform, can count on. */
function oldestNode(targets: readonly Target[]): string {
  return targets.map(({ nodeVersion }) => nodeVersion).reduce(olderVersion);
}
