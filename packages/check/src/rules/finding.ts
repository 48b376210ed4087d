import type { Digest } from '@catamaran/oci';

/**
 * An error: it will not run, or lets others in, and nothing that has one is stored or pushed. A warning: it runs, and
 * somebody should decide about it. A note: it costs something and harms nothing.
 */
export type Level = 'error' | 'warning' | 'note';

/** Something that a person should know of an image or a Dockerfile; JSON all through. */
export interface Finding {
  /** The rule's id, as in the catalogue. */
  readonly rule: string;
  readonly level: Level;
  /** The file, as an absolute path in the image; absent where it is about the image as a whole. */
  readonly path?: string;
  /** The diff ID of the layer, where it is about one. */
  readonly layer?: Digest;
  /** Of a Dockerfile, from 1. */
  readonly line?: number;
  /** What is the matter, to be read after the path. */
  readonly message: string;
  /** What is in the image for nothing. */
  readonly wastedBytes?: number;
  /** Why the project's configuration wants it silenced. */
  readonly silenced?: string;
}
