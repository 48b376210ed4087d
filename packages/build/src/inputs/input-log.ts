/**
 * What a build reads of the project, so that the next one can be spared when all of it is as it was, and so that
 * `--watch` knows what to look at. Whoever reads a file tells, also of one that is not there: its absence counts.
 */
export interface InputLog {
  /** @param path absolute; its content matters, and whether it is there. */
  file(path: string): void;
  /** @param path absolute; which names are in the folder matters, not what is in them. */
  folder(path: string): void;
  /** A command of the project's was run: it may read any variable. */
  environment(): void;
  /** What was read elsewhere, as of a mirror, is asked for again at that time. @param timeMs since 1970 */
  holdsUntil(timeMs: number): void;
}

/** Every input that was told so far, sorted. */
export interface Inputs {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  readonly environment: boolean;
  /** Undefined: for ever. */
  readonly holdsUntilMs: number | undefined;
}

export class RecordedInputs implements InputLog {
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();
  #environment = false;
  #holdsUntilMs: number | undefined;

  file(path: string): void {
    this.#files.add(path);
  }

  folder(path: string): void {
    this.#folders.add(path);
  }

  environment(): void {
    this.#environment = true;
  }

  holdsUntil(timeMs: number): void {
    this.#holdsUntilMs = Math.min(timeMs, this.#holdsUntilMs ?? timeMs);
  }

  get inputs(): Inputs {
    return {
      files: [...this.#files].sort(),
      folders: [...this.#folders].sort(),
      environment: this.#environment,
      holdsUntilMs: this.#holdsUntilMs,
    };
  }
}

/** For who does not want to know. */
export const noInputs: InputLog = {
  file: () => {},
  folder: () => {},
  environment: () => {},
  holdsUntil: () => {},
};
