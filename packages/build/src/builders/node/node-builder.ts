import { type Context, type Platform, runTogether } from '@catamaran/oci';
import type { DependencyServices } from '../../dependencies/dependency-services.ts';
import type { DependencySource } from '../../dependencies/dependency-source.ts';
import { npmDependencies } from '../../dependencies/npm-dependencies.ts';
import type { Project } from '../../project/project.ts';
import type { Application } from '../../source/application.ts';
import { applicationLayer } from '../../source/application-layer.ts';
import { prepareApplication } from '../../source/prepare-application.ts';
import type { Target } from '../../target/target.ts';
import { type Builder, builtLayer } from '../builder.ts';
import { imagePath, nodeBinary } from './image-paths.ts';
import { runtimeLayer } from './runtime-layer.ts';

export interface NodeBuilderServices extends DependencyServices {
  /** What native code in a platform's image has to fit: the base's to know. */
  readonly targetOf: (platform: Platform, ctx: Context) => Promise<Target>;
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
    const dependencies = await npmDependencies(project, targets, services);
    const application = prepareApplication(project, dependencies, cache, inputs, ctx);
    // Whoever waits for it hears of a failure.
    application.catch(() => {});
    return { dependencies, application };
  };
  const prepareOnce = (project: Project, ctx: Context) => {
    const found = prepared.get(project) ?? prepare(project, ctx);
    prepared.set(project, found);
    return found;
  };
  return {
    kind: 'node',

    async layers(project, platform, ctx) {
      const { dependencies, application } = await prepareOnce(project, ctx);
      const mtime = project.sourceDateEpoch;
      const folder = imagePath(dependencies.workspace);
      const [runtime, packages, own] = await runTogether(
        [
          (inner) => runtimeLayer(project.node, platform, mtime, cache, npmOptions, inner),
          async (inner) => dependencies.layers(await targetOf(platform, inner), inner),
          async (inner) => applicationLayer(await application, folder, mtime, cache, inner),
        ],
        ctx,
      );
      return [
        builtLayer(runtime, `catamaran: Node.js ${project.node}`),
        ...packages,
        builtLayer(own, `catamaran: application ${project.name}`),
      ];
    },

    async execution(project, ctx) {
      const { dependencies, application } = await prepareOnce(project, ctx);
      const { nodeOptions, entry } = await application;
      const folder = imagePath(dependencies.workspace);
      return {
        Env: ['NODE_ENV=production'],
        Entrypoint: [`/${nodeBinary}`, ...nodeOptions, `/${folder}/${entry}`],
        WorkingDir: `/${folder}`,
      };
    },
  };
}
