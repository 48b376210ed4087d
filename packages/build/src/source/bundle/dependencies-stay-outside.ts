import { isBuiltin } from 'node:module';
import { relative, sep } from 'node:path';
import type { CatamaranError } from '@catamaran/oci';
import type { OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from 'esbuild';
import type { DependencySource } from '../../dependencies/dependency-source.ts';
import { buildErrors } from '../../errors.ts';
import type { Tsconfigs } from './tsconfigs.ts';

export interface OutsideDependencies {
  readonly plugin: Plugin;
  /** Set once an import had to be refused; esbuild itself reports errors only as text. */
  readonly refusal: CatamaranError | undefined;
}

/** Marks what is being resolved by esbuild itself. */
const asked = Symbol('asked');

/**
 * Lets esbuild bundle what belongs to the project and leave every package outside, where the image's dependency
 * layers have it. Each import is resolved as Node will resolve it in the image.
 * @param external packages that stay outside though they are the project's
 */
export function dependenciesStayOutside(
  dependencies: DependencySource,
  external: readonly string[],
  tsconfigs: Tsconfigs,
): OutsideDependencies {
  let refusal: CatamaranError | undefined;
  const refuse = (error: CatamaranError): OnResolveResult => {
    refusal ??= error;
    return { errors: [{ text: error.message }] };
  };
  const resolve = async (args: OnResolveArgs, build: PluginBuild): Promise<OnResolveResult | undefined> => {
    if (args.kind === 'entry-point' || isBuiltin(args.path) || args.pluginData === asked) return undefined;
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(args.path)?.[0] ?? args.path;
    const importer = relative(dependencies.root, args.importer).split(sep).join('/');
    const target = dependencies.resolveImport(importer, name);
    if (target.kind === 'source') {
      if (!external.includes(name)) return undefined;
      return refuse(buildErrors.CATA_EXTERNAL_MISSING({ importer, name }));
    }
    const mapped = await mappedImport(args, build, tsconfigs);
    if (mapped) return mapped;
    return target.kind === 'refused' ? refuse(target.error) : { path: args.path, external: true };
  };
  return {
    plugin: {
      name: 'dependencies-stay-outside',
      setup: (build) => build.onResolve({ filter: /^[^./#]/ }, (args) => resolve(args, build)),
    },
    get refusal() {
      return refusal;
    },
  };
}

/** What tsconfig's `paths` make of an import comes before a package of that name, unless it is that package. */
async function mappedImport(
  args: OnResolveArgs,
  build: PluginBuild,
  tsconfigs: Tsconfigs,
): Promise<OnResolveResult | undefined> {
  if (!tsconfigs.of(args.importer)?.isMapped(args.path)) return undefined;
  const { kind, importer, resolveDir } = args;
  const resolved = await build.resolve(args.path, { kind, importer, resolveDir, pluginData: asked });
  const isSource = resolved.errors.length === 0 && !resolved.path.includes(`${sep}node_modules${sep}`);
  return isSource && !resolved.external ? { path: resolved.path } : undefined;
}
