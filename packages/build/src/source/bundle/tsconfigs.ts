import { dirname, join } from 'node:path';
import type { Cache, TsConfigJson } from 'get-tsconfig';
import type { InputLog } from '../../inputs/input-log.ts';

/** The tsconfig.json that a source file is under, what it extends included. */
export interface Tsconfig {
  readonly path: string;
  readonly options: TsConfigJson.CompilerOptions;
  /** Whether `paths` or `baseUrl` say something of an import. */
  isMapped(specifier: string): boolean;
}

/** Finds the nearest tsconfig.json above each source file, as the bundler does, and tells of all that is read for it. */
export class Tsconfigs {
  readonly #inputs: InputLog;
  readonly #found = new Map<string, Tsconfig | undefined>();
  readonly #cache: Cache = new Map();
  readonly #reader: typeof import('get-tsconfig');

  private constructor(inputs: InputLog, reader: typeof import('get-tsconfig')) {
    this.#inputs = inputs;
    this.#reader = reader;
  }

  /** Loaded by who bundles. */
  static async open(inputs: InputLog): Promise<Tsconfigs> {
    return new Tsconfigs(inputs, await import('get-tsconfig'));
  }

  /** @param file absolute */
  of(file: string): Tsconfig | undefined {
    const folder = dirname(file);
    if (!this.#found.has(folder)) this.#found.set(folder, this.#read(folder));
    return this.#found.get(folder);
  }

  #read(folder: string): Tsconfig | undefined {
    try {
      const { getTsconfig, createPathsMatcher } = this.#reader;
      const result = getTsconfig(join(folder, 'any.ts'), 'tsconfig.json', this.#cache);
      if (!result) return undefined;
      const matcher = createPathsMatcher(result);
      return {
        path: result.path,
        options: result.config.compilerOptions ?? {},
        isMapped: (specifier) => (matcher?.(specifier).length ?? 0) > 0,
      };
    } catch {
      // The bundler reads it, too, and says better what is wrong with it.
      return undefined;
    } finally {
      this.#tellWhatWasRead();
    }
  }

  /** The cache's keys are what was asked of the file system, as in "readFileSync:/shop/tsconfig.json:utf8". */
  #tellWhatWasRead(): void {
    for (const key of this.#cache.keys()) {
      const path = /^\w+:(?<path>.+?)(?::utf8)?$/s.exec(key)?.groups?.path;
      if (path && !path.includes('any.ts')) this.#inputs.file(path);
    }
  }
}
