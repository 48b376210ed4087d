import type { LoadProgress } from '../result/load-job.ts';
import type { Notice, Order, TaskName, Tasks } from '../worker/messages.ts';
import type { Ending, WorkerProcess } from './worker-process.ts';

/** Gives tasks to the worker, and matches its notices with them. */
export interface WorkerTasks {
  /** Rejects with the signal's reason, with what the worker said (a plain Error), or when the worker ended. */
  give<T extends TaskName>(
    type: T,
    ask: Tasks[T]['ask'],
    signal: AbortSignal,
    onProgress?: (progress: LoadProgress) => void,
  ): Promise<Tasks[T]['answer']>;
}

interface Pending {
  readonly onProgress: ((progress: LoadProgress) => void) | undefined;
  resolve(answer: Tasks[TaskName]['answer']): void;
  reject(reason: unknown): void;
}

/** @param endError what tasks are rejected with when the worker ended */
export function workerTasks(worker: WorkerProcess, endError: (ending: Ending) => unknown): WorkerTasks {
  const pending = new Map<number, Pending>();
  let lastId = 0;
  let ended: Ending | undefined;
  worker.onNotice((notice) => deliver(notice, pending));
  void worker.ended.then((ending) => {
    ended = ending;
    for (const task of pending.values()) task.reject(endError(ending));
  });
  return {
    async give<T extends TaskName>(
      type: T,
      ask: Tasks[T]['ask'],
      signal: AbortSignal,
      onProgress?: (progress: LoadProgress) => void,
    ) {
      signal.throwIfAborted();
      if (ended) throw endError(ended);
      const id = ++lastId;
      const { promise, resolve, reject } = Promise.withResolvers<Tasks[TaskName]['answer']>();
      const cancel = () => {
        worker.tell({ type: 'cancel', id });
        reject(signal.reason);
      };
      pending.set(id, { onProgress, resolve, reject });
      signal.addEventListener('abort', cancel);
      try {
        worker.tell({ type, id, ...ask } as Order);
        return (await promise) as Tasks[T]['answer'];
      } finally {
        pending.delete(id);
        signal.removeEventListener('abort', cancel);
      }
    },
  };
}

function deliver(notice: Notice, pending: ReadonlyMap<number, Pending>): void {
  if (notice.type === 'ready') return;
  const task = pending.get(notice.id);
  if (notice.type === 'progress') task?.onProgress?.(notice.progress);
  else if (notice.type === 'answer') task?.resolve(notice.answer);
  else task?.reject(new Error(notice.reason));
}
