import { isBuiltin } from 'node:module';
import { relative, sep } from 'node:path';
import type { CatamaranError } from '@catamaran/oci';
import type { OnResolveArgs, Plugin } from 'esbuild';
import type { DependencySource } from '../dependencies/dependency-source.ts';

export interface OutsideDependencies {
  readonly plugin: Plugin;
  /** Set once an import had to be refused; esbuild itself reports errors only as text. */
  readonly refusal: CatamaranError | undefined;
}

/**
 * Lets esbuild bundle what belongs to the project and leave every package outside, where the image's dependency
 * layers have it. Each import is resolved as Node will resolve it in the image.
 */
export function dependenciesStayOutside(dependencies: DependencySource): OutsideDependencies {
  let refusal: CatamaranError | undefined;
  const resolve = (args: OnResolveArgs) => {
    if (args.kind === 'entry-point' || isBuiltin(args.path)) return undefined;
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(args.path)?.[0] ?? args.path;
    const importer = relative(dependencies.root, args.importer).split(sep).join('/');
    const target = dependencies.resolveImport(importer, name);
    if (target.kind === 'source') return undefined;
    if (target.kind === 'package') return { path: args.path, external: true };
    refusal ??= target.error;
    return { errors: [{ text: target.error.message }] };
  };
  return {
    plugin: {
      name: 'dependencies-stay-outside',
      setup: (build) => build.onResolve({ filter: /^[^./#]/ }, resolve),
    },
    get refusal() {
      return refusal;
    },
  };
}
