/** A package in the node_modules of a framework's trace. */
export interface TracedPackage {
  readonly name: string;
  /** "" where the trace has no package.json of it. */
  readonly version: string;
  /** Its folder, from the application's root, as in ".next/standalone/node_modules/sharp". */
  readonly path: string;
  /** The names of its optional dependencies: of what there is for platforms, for all of them. */
  readonly optional: readonly string[];
}

/**
 * One that has to be another for each target: it has native code, says which platforms it is for, or has an install
 * script.
 */
export interface NativeTracedPackage extends TracedPackage {
  /** It says which platforms it is for, so that another target has one of another name. */
  readonly isForPlatforms: boolean;
  /** Links that lead to it, as pnpm makes them. Only of what is for platforms: others stay links. */
  readonly links: readonly string[];
}

/** What a framework has traced, apart from what is the same for every target. Both are sorted by their paths. */
export interface Trace {
  readonly native: readonly NativeTracedPackage[];
  /** Those above included. */
  readonly packages: readonly TracedPackage[];
}
