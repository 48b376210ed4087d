import type { LoadJob, LoadProgress } from '../result/load-job.ts';
import type { LoadResult } from '../result/load-result.ts';
import type { FetchedResponse } from './fetch-once.ts';

/** What the generator's process can be asked to do. The answer carries the same `id`. */
export interface Tasks {
  request: {
    readonly ask: { readonly url: string; readonly timeoutMs: number };
    readonly answer: FetchedResponse;
  };
  run: { readonly ask: { readonly job: LoadJob }; readonly answer: LoadResult };
}

export type TaskName = keyof Tasks;

/** From the parent to the generator's process. */
export type Order =
  | { [T in TaskName]: { readonly type: T; readonly id: number } & Tasks[T]['ask'] }[TaskName]
  | { readonly type: 'cancel'; readonly id: number };

/** From the generator's process to its parent. */
export type Notice =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly id: number; readonly progress: LoadProgress }
  | { readonly type: 'answer'; readonly id: number; readonly answer: Tasks[TaskName]['answer'] }
  | { readonly type: 'failure'; readonly id: number; readonly reason: string };
