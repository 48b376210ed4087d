/** A project as its people would have it: files, packages from the registry, and a configuration. */
export interface Framework {
  readonly name: string;
  /** By their paths; what is not text is written as JSON. */
  readonly files: Readonly<Record<string, unknown>>;
  /** The folder with the configuration, where it is not the root. */
  readonly folder?: string;
  /** Exported by default from catamaran.config.ts, besides the name. */
  readonly config: object;
  /** Where a request goes, and what comes back; "{arch}" stands for `process.arch`. */
  readonly request: { readonly path: string; readonly answer: string };
}
