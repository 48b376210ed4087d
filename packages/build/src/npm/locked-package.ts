type Names = Readonly<Record<string, string>>;

/** One entry of `packages`. https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json#packages */
export interface LockedPackage {
  /** Only where it is another one than that of its folder: an alias. */
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  readonly resolved?: string | undefined;
  readonly integrity?: string | undefined;
  readonly link?: boolean | undefined;
  /** Nothing but development leads to it. */
  readonly dev?: boolean | undefined;
  /** Whatever needs it can do without. */
  readonly optional?: boolean | undefined;
  /** Nothing needs it, but that some would use it if it were there. */
  readonly extraneous?: boolean | undefined;
  readonly inBundle?: boolean | undefined;
  readonly hasInstallScript?: boolean | undefined;
  readonly os?: readonly string[] | undefined;
  readonly cpu?: readonly string[] | undefined;
  readonly libc?: readonly string[] | undefined;
  readonly engines?: { readonly node?: string } | undefined;
  /** Command names and the files, below the package's folder, that they stand for. */
  readonly bin?: Names | string | undefined;
  readonly dependencies?: Names | undefined;
  readonly devDependencies?: Names | undefined;
  readonly optionalDependencies?: Names | undefined;
  readonly peerDependencies?: Names | undefined;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>> | undefined;
}
