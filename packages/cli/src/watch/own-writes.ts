import type { Change } from './changes.ts';

/**
 * Tells what a person changed during a build from what the project's own command wrote: what changed while it ran for
 * the first time is its own, and what it adds later is as well.
 */
export class OwnWrites {
  #paths: Set<string> | undefined;

  /** Of what changed while the command ran: what was somebody else's doing. */
  without(changes: readonly Change[]): readonly Change[] {
    const known = this.#paths;
    const isOwn = ({ path, how }: Change) => !known || known.has(path) || how === 'added';
    this.#paths = new Set([...(known ?? []), ...changes.filter(isOwn).map(({ path }) => path)]);
    return changes.filter((change) => !isOwn(change));
  }
}
