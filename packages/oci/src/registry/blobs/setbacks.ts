import type { Blob } from '../../content/blob.ts';
import { verified } from '../../content/verified.ts';
import type { Context } from '../../context/context.ts';
import { isTransient } from '../http/patience.ts';
import { refusalOf } from '../http/refusal-error.ts';
import type { Repository } from '../repository.ts';
import { type PartLimits, smallerParts } from './part-size.ts';

/** Small enough to get through between two failures, large enough to be worth a request. */
const partBytesAfterBreak = 64 * 1024 * 1024;
/** Sessions that a registry may lose. */
const maxRestarts = 5;
/** Parts that it may not want where it had said that they belong; from 64 MiB, five of them lead to 4 MiB. */
const maxMisfits = 8;
/** A digest that is refused may be that of a part that got lost; a second time, it is that of the bytes. */
const maxRefusals = 2;

/** What goes wrong while a blob is sent, and how much of it is borne. */
export class Setbacks {
  readonly #repository: Repository;
  readonly #blob: Blob;
  #limits: PartLimits;
  #furthestBytes = 0;
  #failures = 0;
  #restarts = 0;
  #misfits = 0;
  #refusals = 0;

  constructor(repository: Repository, blob: Blob, limits: PartLimits) {
    this.#repository = repository;
    this.#blob = blob;
    this.#limits = limits;
  }

  /** Smaller than at first when something on the way lets no larger parts pass. */
  get limits(): PartLimits {
    return this.#limits;
  }

  /** More has arrived than ever before: what comes now is a new failure, and not one more. */
  overcome(receivedBytes: number): void {
    if (receivedBytes <= this.#furthestBytes) return;
    this.#furthestBytes = receivedBytes;
    this.#failures = 0;
  }

  /**
   * What had arrived is lost, and all of it has to be sent again.
   * @throws the error, when that has happened too often
   */
  beginAgain(error: unknown): void {
    if (++this.#restarts > maxRestarts) throw error;
  }

  /**
   * Waits, where that helps.
   * @returns whether what the registry has is worth anything
   * @throws the error, when it is one too many, or one that does not pass
   */
  async bear(error: unknown, ctx: Context): Promise<'resume' | 'restart'> {
    const status = refusalOf(error)?.status;
    if (status === 413 && this.#makePartsSmaller()) return 'resume';
    if (status === 400) {
      if (++this.#refusals === maxRefusals) throw await blame(error, this.#blob);
      return 'restart';
    }
    // The session is not known any more; what to do about that, its state will say.
    if (status === 404) return 'resume';
    if (status === 416) {
      if (++this.#misfits > maxMisfits) throw error;
      // Some have it for parts that are too large, as GHCR has; the first time it is taken at its word.
      if (this.#misfits > 1) this.#makePartsSmaller();
    } else if (isTransient(error)) {
      await this.#repository.connection.pause(++this.#failures, error, ctx);
      // A whole blob at once is what every registry takes; once that broke, what has arrived should not be lost again.
      this.#limits = { maxBytes: Math.min(this.#limits.maxBytes, partBytesAfterBreak) };
    } else throw error;
    return 'resume';
  }

  #makePartsSmaller(): boolean {
    const smaller = smallerParts(this.#limits, this.#blob.descriptor.size);
    if (smaller) this.#limits = smaller;
    return smaller !== undefined;
  }
}

/** A registry that calls the content wrong is right when it is: then it is the source's fault. */
async function blame(error: unknown, blob: Blob): Promise<unknown> {
  const subject = `The blob ${blob.descriptor.digest} to be pushed`;
  try {
    for await (const _ of verified(blob.open(), blob.descriptor, subject));
    return error;
  } catch (mismatch) {
    return mismatch;
  }
}
