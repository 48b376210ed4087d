/**
 * A package in the node_modules of a framework's trace that has to be another one for each target: it has native code,
 * says which platforms it is for, or has an install script.
 */
export interface TracedPackage {
  readonly name: string;
  /** "" where the trace has no package.json of it. */
  readonly version: string;
  /** Its folder, from the application's root, as in ".next/standalone/node_modules/sharp". */
  readonly path: string;
  /** Links that lead to that folder, as pnpm makes them. Only of what is for platforms: others stay links. */
  readonly links: readonly string[];
  /** It says which platforms it is for, so that another target has one of another name. */
  readonly isForPlatforms: boolean;
}

/** What a framework has traced, apart from what is the same for every target. */
export interface Trace {
  /** Sorted by their paths. */
  readonly native: readonly TracedPackage[];
  /** The folders of all packages, those above included. */
  readonly folders: ReadonlySet<string>;
}
