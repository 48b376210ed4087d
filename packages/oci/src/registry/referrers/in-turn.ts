import { unlessAborted } from '../../context/unless-aborted.ts';

/** What each owner has under way, by what it is about. */
const turns = new WeakMap<object, Map<string, Promise<unknown>>>();

/**
 * Begins when everything has ended that was begun before for the same owner and key: what is read, changed and written
 * back would else be written over by whoever read it at the same time.
 */
export async function inTurn<T>(
  owner: object,
  key: string,
  work: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const ofOwner = turns.get(owner) ?? new Map<string, Promise<unknown>>();
  turns.set(owner, ofOwner);
  const before = ofOwner.get(key) ?? Promise.resolve();
  const mine = unlessAborted(before, signal).then(work);
  // One that gives up waiting does not let the next one begin earlier.
  const ended = Promise.allSettled([before, mine]);
  ofOwner.set(key, ended);
  try {
    return await mine;
  } finally {
    if (ofOwner.get(key) === ended) void ended.then(() => forget(ofOwner, key, ended));
  }
}

function forget(ofOwner: Map<string, Promise<unknown>>, key: string, ended: Promise<unknown>): void {
  if (ofOwner.get(key) === ended) ofOwner.delete(key);
}
