import { type Context, type Platform, runTogether } from '@catamaran/oci';
import type { Cache } from '../../cache/cache.ts';
import type { DependencySource } from '../../dependencies/dependency-source.ts';
import { npmDependencies } from '../../dependencies/npm-dependencies.ts';
import type { InputLog } from '../../inputs/input-log.ts';
import type { NpmOptions } from '../../npm/npm-options.ts';
import type { Project } from '../../project/project.ts';
import type { Application } from '../../source/application.ts';
import { applicationLayer } from '../../source/application-layer.ts';
import { prepareApplication } from '../../source/prepare-application.ts';
import type { Target } from '../../target/target.ts';
import { type Builder, builtLayer } from '../builder.ts';
import { imagePath, nodeBinary } from './image-paths.ts';
import { runtimeLayer } from './runtime-layer.ts';

export interface NodeBuilderServices {
  /** What native code in a platform's image has to fit: the base's to know. */
  readonly targetOf: (platform: Platform, ctx: Context) => Promise<Target>;
  readonly cache: Cache;
  readonly npmOptions: () => Promise<NpmOptions>;
  readonly inputs: InputLog;
}

/** What is the same for every platform, and therefore done once. */
interface Prepared {
  readonly dependencies: DependencySource;
  readonly application: Application;
}

/** A TypeScript or JavaScript service. */
export function nodeBuilder({ targetOf, cache, npmOptions, inputs }: NodeBuilderServices): Builder {
  const prepared = new WeakMap<Project, Promise<Prepared>>();
  const prepare = async (project: Project, ctx: Context): Promise<Prepared> => {
    const targets = await Promise.all(project.platforms.map((platform) => targetOf(platform, ctx)));
    const dependencies = await npmDependencies(project, cache, npmOptions, targets, inputs);
    return {
      dependencies,
      application: await prepareApplication(project, dependencies, cache, inputs, ctx),
    };
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
          (inner) => applicationLayer(application, folder, mtime, cache, inner),
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
      const folder = imagePath(dependencies.workspace);
      return {
        Env: ['NODE_ENV=production'],
        Entrypoint: [`/${nodeBinary}`, ...application.nodeOptions, `/${folder}/${application.entry}`],
        WorkingDir: `/${folder}`,
      };
    },
  };
}
