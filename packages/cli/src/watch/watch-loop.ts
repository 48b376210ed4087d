import type { Context } from '@catamaran/oci';
import { ChangeDetector } from './change-detector.ts';
import { type Change, merge } from './changes.ts';
import { FolderWatcher } from './folder-watcher.ts';
import { OwnWrites } from './own-writes.ts';
import type { Watched } from './watched.ts';

/** What came of a build, and what it has read. */
export interface Round<T> {
  readonly outcome: T;
  readonly watched: Watched;
  /** It runs a command of the project's, which writes in there. */
  readonly runsCommand: boolean;
}

export interface WatchedWork<T> {
  /** Builds once; a failure is an outcome. What it throws ends all. */
  build(ctx: Context): Promise<Round<T>>;
  /** Told of each build that came to its end. @returns whether to go on */
  built(round: Round<T>, changes: readonly Change[]): Promise<boolean>;
  /** Told when a build begins again, and whether that is before the one before has ended. */
  changed(changes: readonly Change[], isInterrupted: boolean): Promise<void>;
}

/**
 * Builds, and again whenever something has changed that was read, until there is no reason to go on.
 * @param root the project's folder
 */
export async function watchLoop<T>(work: WatchedWork<T>, root: string, ctx: Context): Promise<void> {
  using watcher = new FolderWatcher();
  const detector = new ChangeDetector(watcher, root);
  const ownWrites = new OwnWrites();
  let changes: readonly Change[] = [];
  let runsCommand = false;
  for (;;) {
    const startedMs = Date.now();
    // What a command writes is no reason to stop it; what a person does meanwhile is seen when it has ended.
    const build = runsCommand ? buildWhole : buildUnlessChanged;
    const built: Built<T> = await build(work, detector, ctx);
    const { round, interruptedBy } = built;
    if (!round) {
      changes = merge(changes, interruptedBy);
      await work.changed(interruptedBy, true);
      continue;
    }
    // First, so that a change while it is told is seen.
    const during = merge(interruptedBy, await detector.follow(round.watched, startedMs));
    runsCommand = round.runsCommand;
    const late = runsCommand ? ownWrites.without(during) : during;
    if (!(await work.built(round, changes))) return;
    changes = late.length > 0 ? late : await detector.next(ctx.signal);
    await work.changed(changes, false);
  }
}

interface Built<T> {
  readonly round: Round<T> | undefined;
  readonly interruptedBy: readonly Change[];
}

async function buildWhole<T>(work: WatchedWork<T>, _: ChangeDetector, ctx: Context): Promise<Built<T>> {
  const round = await work.build(ctx);
  ctx.signal.throwIfAborted();
  return { round, interruptedBy: [] };
}

/**
 * A build of what has changed meanwhile is of no use to anybody: it is told to stop, and is waited for.
 * @returns no round then; otherwise what changed when it was too late to stop it
 */
async function buildUnlessChanged<T>(
  work: WatchedWork<T>,
  detector: ChangeDetector,
  ctx: Context,
): Promise<Built<T>> {
  const stop = new AbortController();
  const ended = new AbortController();
  const building = work.build({ ...ctx, signal: AbortSignal.any([ctx.signal, stop.signal]) });
  const change = detector.next(AbortSignal.any([ctx.signal, ended.signal])).catch((error: unknown) => {
    if (ended.signal.aborted || ctx.signal.aborted) return [];
    throw error;
  });
  try {
    const isOver = await Promise.race([
      building.then(() => true),
      change.then((changes) => changes.length === 0),
    ]);
    if (!isOver) stop.abort(new Error('what is built has changed'));
  } catch (error) {
    stop.abort(error);
    throw error;
  } finally {
    ended.abort();
    await Promise.allSettled([building, change]);
  }
  ctx.signal.throwIfAborted();
  const interruptedBy = await change;
  const round = stop.signal.aborted ? undefined : await building;
  return { round, interruptedBy };
}
