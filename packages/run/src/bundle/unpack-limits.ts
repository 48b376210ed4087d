import { type ByteStream, foldersAbove, type Layer, type TreeEntry } from '@catamaran/oci';
import { runErrors } from '../errors.ts';

/** How much of an image there may be. */
export interface UnpackLimits {
  /** Of all layers together, uncompressed. */
  readonly maxBytes: number;
  /** Files, links and folders, those included that no layer mentions. */
  readonly maxEntries: number;
  /** Of paths and link targets together: they are held in memory. */
  readonly maxNameBytes: number;
}

/**
 * The ephemeral storage that a Fargate task has without asking for more
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html), and several times the
 * files of the largest images that people use.
 */
export const unpackLimits: UnpackLimits = {
  maxBytes: 20 * 1024 ** 3,
  maxEntries: 500_000,
  maxNameBytes: 128 * 1024 ** 2,
};

/** Adds up what passes, for one image. Its methods throw CATA_IMAGE_TOO_LARGE and CATA_IMAGE_TOO_MANY_FILES. */
export class UnpackBudget {
  readonly #limits: UnpackLimits;
  #passedBytes = 0;
  #fileBytes = 0;
  #entries = 0;
  #nameBytes = 0;
  #before = '';

  constructor(limits: UnpackLimits) {
    this.#limits = limits;
  }

  /** The layer, of which no more can be read than there may be. */
  within(layer: Layer): Layer {
    return { ...layer, uncompressed: () => this.#counted(layer) };
  }

  /** What an entry announces: nobody has to wait for 20 GiB to pass. */
  async take(entry: TreeEntry, layer: Layer): Promise<void> {
    const { maxBytes, maxEntries, maxNameBytes } = this.#limits;
    this.#fileBytes += entry.sizeBytes;
    if (this.#fileBytes > maxBytes) throw await tooLarge(layer, maxBytes);
    this.#entries += 1 + impliedFolders(entry.path, this.#before);
    if (this.#entries > maxEntries) throw await tooMany(layer, `${maxEntries} files and folders`);
    this.#nameBytes += Buffer.byteLength(entry.path) + Buffer.byteLength(entry.target);
    if (this.#nameBytes > maxNameBytes) throw await tooMany(layer, `${maxNameBytes} bytes of names`);
    this.#before = entry.path;
  }

  async *#counted(layer: Layer): ByteStream {
    for await (const chunk of layer.uncompressed()) {
      this.#passedBytes += chunk.byteLength;
      if (this.#passedBytes > this.#limits.maxBytes) throw await tooLarge(layer, this.#limits.maxBytes);
      yield chunk;
    }
  }
}

/** Folders that a path needs and the entry before it neither is nor lies in; where archives are in order, none. */
function impliedFolders(path: string, before: string): number {
  let count = 0;
  for (const folder of foldersAbove(path)) {
    if (before !== folder && !before.startsWith(`${folder}/`)) count++;
  }
  return count;
}

async function tooLarge(layer: Layer, maxBytes: number): Promise<Error> {
  return runErrors.CATA_IMAGE_TOO_LARGE({ digest: (await layer.descriptor()).digest, maxBytes });
}

async function tooMany(layer: Layer, limit: string): Promise<Error> {
  return runErrors.CATA_IMAGE_TOO_MANY_FILES({ digest: (await layer.descriptor()).digest, limit });
}
