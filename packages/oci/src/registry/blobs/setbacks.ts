import type { Blob } from '../../content/blob.ts';
import { verified } from '../../content/verified.ts';
import type { Context } from '../../context/context.ts';
import { isTransient } from '../http/patience.ts';
import { refusalOf } from '../http/refusal-error.ts';
import type { Repository } from '../repository.ts';
import { type PartLimits, smallerParts } from './part-size.ts';

/** Sessions that a registry may lose, and parts that it may have taken otherwise than it said. */
const maxRestarts = 5;
/** A digest that is refused may be that of a part that got lost; a second time, it is that of the bytes. */
const maxRefusals = 2;

/** What goes wrong while a blob is sent, and how much of it is borne. */
export class Setbacks {
  readonly #repository: Repository;
  readonly #blob: Blob;
  #limits: PartLimits;
  #failures = 0;
  #restarts = 0;
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

  /** A part has arrived: what comes now is a new failure, and not one more. */
  overcome(): void {
    this.#failures = 0;
  }

  /**
   * Waits, where that helps.
   * @returns whether what the registry has is worth anything
   * @throws the error, when it is one too many, or one that does not pass
   */
  async bear(error: unknown, ctx: Context): Promise<'resume' | 'restart'> {
    const status = refusalOf(error)?.status;
    const smaller = status === 413 ? smallerParts(this.#limits, this.#blob.descriptor.size) : undefined;
    if (smaller) this.#limits = smaller;
    else if (status === 400) {
      if (++this.#refusals === maxRefusals) throw await blame(error, this.#blob);
      return 'restart';
    } else if (status === 404 || status === 416) {
      if (++this.#restarts > maxRestarts) throw error;
    } else if (isTransient(error)) await this.#repository.connection.pause(++this.#failures, error, ctx);
    else throw error;
    return 'resume';
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
