import { isBuiltin } from 'node:module';
import { dirname, relative, sep } from 'node:path';
import type { CatamaranError } from '@catamaran/oci';
import type { OnResolveArgs, Plugin } from 'esbuild';
import { buildErrors } from '../../errors.ts';
import type { Lockfile } from '../../npm/lockfile.ts';
import type { Closure } from '../../npm/production-closure.ts';
import { resolveLocation } from '../../npm/resolve-location.ts';

export interface OutsideDependencies {
  readonly plugin: Plugin;
  /** Set once an import had to be refused; esbuild itself reports errors only as text. */
  readonly refusal: CatamaranError | undefined;
}

/**
 * Lets esbuild bundle what belongs to the project and leave every package of the lockfile outside, where the
 * image's dependency layers have it. Each import is resolved as Node will resolve it in the image.
 */
export function dependenciesStayOutside(lockfile: Lockfile, closure: Closure): OutsideDependencies {
  let refusal: CatamaranError | undefined;
  const resolve = (args: OnResolveArgs) => {
    if (args.kind === 'entry-point' || isBuiltin(args.path)) return undefined;
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(args.path)?.[0] ?? args.path;
    const importer = relative(lockfile.root, dirname(args.importer)).split(sep).join('/');
    const located = resolveLocation(lockfile, importer, name);
    // Not a package: a path of tsconfig's, or nothing; a link: a workspace, whose source is bundled.
    if (!located || located.locked.link) return undefined;
    const details = { importer: relative(lockfile.root, args.importer), name };
    if (!closure.has(located.location)) {
      refusal ??= buildErrors.CATA_IMPORT_NOT_PRODUCTION(details);
    } else if (resolveLocation(lockfile, lockfile.workspace, name)?.location !== located.location) {
      refusal ??= buildErrors.CATA_IMPORT_AMBIGUOUS(details);
    } else return { path: args.path, external: true };
    return { errors: [{ text: refusal.message }] };
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
