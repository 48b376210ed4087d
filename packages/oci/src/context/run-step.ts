import type { Context } from './context.ts';

/** What a running step can say about itself. */
export interface Step {
  /** Replaces what is shown beside the running step. */
  progress(detail: string): void;
  /** Sets what stays beside the step once it has finished. */
  conclude(detail: string): void;
}

/** Runs `work` between a `step.started` and a `step.finished` event (or `step.failed`; `step.stopped` when it was told to stop). */
export async function runStep<T>(
  id: string,
  title: string,
  ctx: Context,
  work: (step: Step) => Promise<T>,
): Promise<T> {
  let conclusion: string | undefined;
  ctx.signal.throwIfAborted();
  ctx.emit({ type: 'step.started', id, title });
  try {
    const result = await work({
      progress: (detail) => ctx.emit({ type: 'step.progress', id, detail }),
      conclude: (detail) => {
        conclusion = detail;
      },
    });
    ctx.emit({ type: 'step.finished', id, detail: conclusion });
    return result;
  } catch (error) {
    ctx.emit({ type: ctx.signal.aborted ? 'step.stopped' : 'step.failed', id });
    throw error;
  }
}
