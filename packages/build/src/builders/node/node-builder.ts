import { type Context, formatPlatform, runStep, runTogether } from '@catamaran/oci';
import type { Cache } from '../../cache/cache.ts';
import { type Lockfile, readLockfile } from '../../npm/lockfile.ts';
import type { NpmOptions } from '../../npm/npm-options.ts';
import { productionClosure } from '../../npm/production-closure.ts';
import { requireAgreement } from '../../npm/require-agreement.ts';
import type { Project } from '../../project/project.ts';
import { type Builder, type BuiltLayer, builtLayer } from '../builder.ts';
import { applicationLayer } from './application-layer.ts';
import { type Bundle, bundleApplication } from './bundle-application.ts';
import { checkTypes } from './check-types.ts';
import { dependencyLayer } from './dependency-layer.ts';
import { dependencyPlaces } from './dependency-places.ts';
import { imagePath, nodeBinary } from './image-paths.ts';
import type { PackagePlace } from './package-member.ts';
import { runtimeLayer } from './runtime-layer.ts';

/** What is the same for every platform, and therefore done once. */
interface Prepared {
  readonly lockfile: Lockfile;
  readonly bundle: Bundle;
}

/** A TypeScript or JavaScript service with an npm lockfile. */
export function nodeBuilder(cache: Cache, npmOptions: () => Promise<NpmOptions>): Builder {
  const prepared = new WeakMap<Project, Promise<Prepared>>();
  const prepareOnce = (project: Project, ctx: Context) => {
    const found = prepared.get(project) ?? prepare(project, cache, ctx);
    prepared.set(project, found);
    return found;
  };
  return {
    kind: 'node',

    async layers(project, platform, ctx) {
      const { lockfile, bundle } = await prepareOnce(project, ctx);
      const mtime = project.sourceDateEpoch;
      const places = dependencyPlaces(lockfile, platform, project.app.skipInstallScripts);
      const packages = async (from: readonly PackagePlace[], title: string): Promise<BuiltLayer[]> =>
        from.length === 0
          ? []
          : [
              builtLayer(
                await dependencyLayer(from, title, mtime, cache, npmOptions, ctx),
                `catamaran: ${title} (${from.length})`,
              ),
            ];
      const runtime = await runtimeLayer(project.node, platform, mtime, cache, npmOptions, ctx);
      const application = await applicationLayer(bundle, imagePath(lockfile.workspace), mtime, cache, ctx);
      return [
        builtLayer(runtime, `catamaran: Node.js ${project.node}`),
        ...(await packages(places.neutral, 'Packages for every platform')),
        ...(await packages(places.native, `Native packages for ${formatPlatform(platform)}`)),
        builtLayer(application, `catamaran: application ${project.name}`),
      ];
    },

    async execution(project, ctx) {
      const { lockfile, bundle } = await prepareOnce(project, ctx);
      const folder = imagePath(lockfile.workspace);
      return {
        Env: ['NODE_ENV=production'],
        Entrypoint: [`/${nodeBinary}`, '--enable-source-maps', `/${folder}/${bundle.fileName}`],
        WorkingDir: `/${folder}`,
      };
    },
  };
}

async function prepare(project: Project, cache: Cache, ctx: Context): Promise<Prepared> {
  const lockfile = await readLockfile(project.folder);
  await requireAgreement(lockfile);
  const closures = project.platforms.map((platform) => productionClosure(lockfile, platform));
  const closure = new Map(closures.flatMap((one) => [...one]));
  const [bundle] = await runTogether(
    [
      (inner) =>
        runStep('bundle', 'Application bundle', inner, () => bundleApplication(project, lockfile, closure)),
      (inner) => checkTypes(project, cache, inner),
    ],
    ctx,
  );
  return { lockfile, bundle };
}
