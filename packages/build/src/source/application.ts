/** A file of the application. */
interface ApplicationFile {
  /** From the project's folder in the image, as in "dist/main.js". */
  readonly path: string;
  readonly mode: number;
  readonly content: Uint8Array;
}

/** The project's own code, ready to be started: the same for every platform. */
export interface Application {
  readonly files: readonly ApplicationFile[];
  /** What Node is given, before what the configuration says: options and the file that it starts, from the project's folder. */
  readonly nodeOptions: readonly string[];
  readonly entry: string;
}
