import type { CatamaranError, Context } from '@catamaran/oci';
import type { BuiltLayer } from '../builders/builder.ts';
import type { Target } from '../target/target.ts';
import type { PackageCandidate } from './dependency-places.ts';

/** What an import by the project's own source leads to in the image. */
export type ImportTarget =
  /** A package that lies in a dependency layer; the bundle leaves the import as it is. */
  | { readonly kind: 'package' }
  /** No package of the image's: the project's source, a workspace's, or nothing at all. */
  | { readonly kind: 'source' }
  | { readonly kind: 'refused'; readonly error: CatamaranError };

/** Where a project's packages come from: npm's lockfile, or the install of another package manager. */
export interface DependencySource {
  /** Absolute: the folder of the lockfile, which is the application's root in the image. */
  readonly root: string;
  /** The project's folder, from the root: "" or, for a workspace, as in "packages/api". */
  readonly workspace: string;
  /** The packages that a target needs. Layers that do not depend on the target come first, the same for every one. */
  layers(target: Target, ctx: Context): Promise<readonly BuiltLayer[]>;
  /** Every package that a target needs, before anything of it was read. */
  packages(target: Target, ctx: Context): Promise<readonly PackageCandidate[]>;
  /**
   * Resolves a bare import as Node will in the image.
   * @param importer the importing file, from the root, as in "src/routes/books.ts"
   * @param name of the package, without the path in it
   */
  resolveImport(importer: string, name: string): ImportTarget;
}
