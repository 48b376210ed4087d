// npm's own modules come without types; these are the parts that are used.
declare module 'pacote' {
  interface Pacote {
    tarball(spec: string, options: Readonly<Record<string, unknown>>): Promise<Buffer>;
    manifest(
      spec: string,
      options: Readonly<Record<string, unknown>>,
    ): Promise<{ readonly _integrity?: string }>;
  }
  const pacote: Pacote;
  export default pacote;
}

declare module '@npmcli/config' {
  export default class Config {
    constructor(options: Readonly<Record<string, unknown>>);
    load(): Promise<void>;
    /** True when no command line, environment or file sets it. */
    isDefault(key: string): boolean;
    /** The environment that it was given, and npm_config_… of all that is set. */
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly flat: Readonly<Record<string, unknown>>;
  }
}

declare module '@npmcli/config/lib/definitions/index.js' {
  const known: { readonly definitions: unknown; readonly flatten: unknown; readonly shorthands: unknown };
  export default known;
}
