// npm's own modules come without types; these are the parts that are used.
declare module 'pacote' {
  interface Pacote {
    readonly tarball: {
      /** The handler may be called again: for the first source that has the tarball, and after what was damaged. */
      stream<T>(
        spec: string,
        handler: (tarball: NodeJS.ReadableStream) => Promise<T>,
        options: Readonly<Record<string, unknown>>,
      ): Promise<T>;
    };
    manifest(
      spec: string,
      options: Readonly<Record<string, unknown>>,
    ): Promise<{ readonly _integrity?: string; readonly _resolved: string }>;
  }
  const pacote: Pacote;
  export default pacote;
}

declare module 'cacache' {
  interface Hash {
    readonly algorithm: string;
    /** In base64. */
    readonly digest: string;
  }
  interface Cacache {
    readonly get: {
      /** Of several digests the one that is there, of the strongest algorithm; false when none is. */
      hasContent(cache: string, integrity: string): Promise<{ readonly sri: Hash } | false>;
    };
    readonly put: {
      stream(
        cache: string,
        key: string,
        options: { readonly integrity: string; readonly algorithms: readonly string[] },
      ): NodeJS.WritableStream & { promise(): Promise<void> };
    };
    readonly rm: { content(cache: string, integrity: Hash): Promise<void> };
  }
  const cacache: Cacache;
  export default cacache;
}

declare module 'cacache/lib/content/path.js' {
  import type { Hash } from 'cacache';
  export default function contentPath(cache: string, integrity: Hash): string;
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
  const known: {
    readonly definitions: { readonly registry: { readonly default: string } };
    readonly flatten: unknown;
    readonly shorthands: unknown;
  };
  export default known;
}

declare module 'semver/functions/satisfies.js' {
  export default function satisfies(
    version: string,
    range: string,
    options?: { readonly includePrerelease?: boolean },
  ): boolean;
}

declare module 'semver/ranges/valid.js' {
  export default function validRange(range: string): string | null;
}

declare module 'npm-packlist' {
  /** @param tree as npm's own tree of a folder has it */
  export default function packlist(
    tree: { readonly path: string; readonly package: Readonly<Record<string, unknown>> },
    options: { readonly path: string },
  ): Promise<string[]>;
}
