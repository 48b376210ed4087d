import { createHash } from 'node:crypto';
import type { ByteStream } from '@catamaran/oci';
import type { Trace } from './traced/traced-package.ts';

/** A file of the application. */
export interface ApplicationFile {
  /** From the application's root in the image, as in "packages/api/dist/main.js". */
  readonly path: string;
  /** 0o755 or 0o644. */
  readonly mode: number;
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** @throws CATA_FILE_CHANGED where it is no longer what it was when it was looked at */
  content(): ByteStream;
}

/** A symbolic link of the application. */
export interface ApplicationLink {
  readonly path: string;
  /** As it is, relative. */
  readonly target: string;
}

/** The project's own code, ready to be started: the same for every platform. */
export interface Application {
  readonly files: readonly ApplicationFile[];
  readonly links: readonly ApplicationLink[];
  /** What a framework has traced of packages, where `app.dependencies` asks for those. */
  readonly trace?: Trace;
  /** Of a bundle: what it imports of packages, as it is written there. */
  readonly imports?: readonly string[];
  /** What Node is given before the file that it starts. */
  readonly nodeOptions: readonly string[];
  /** The file that it starts, as the files have it. */
  readonly entry: string;
}

/** A file that is at hand. */
export function applicationFile(path: string, content: Uint8Array, mode = 0o644): ApplicationFile {
  return {
    path,
    mode,
    sizeBytes: content.byteLength,
    sha256: createHash('sha256').update(content).digest('hex'),
    content: async function* () {
      yield content;
    },
  };
}
