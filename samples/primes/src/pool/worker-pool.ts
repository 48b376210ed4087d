import { Worker } from 'node:worker_threads';
import { PoolError } from './pool-error.ts';
import type { Task } from './task.ts';
import type { WorkerAnswer } from './worker-answer.ts';

export interface PoolOptions {
  /** The module that the workers run: it is sent jobs, and answers each with a `WorkerAnswer`. */
  readonly module: URL;
  /** How many jobs run at a time. */
  readonly size: number;
  /** How many may wait besides. */
  readonly maxWaiting: number;
}

interface Slot {
  worker: Worker | undefined;
  task: Task | undefined;
}

/** A fixed number of threads that do one job each, and a bounded queue before them. */
export class WorkerPool {
  readonly #options: PoolOptions;
  readonly #slots: readonly Slot[];
  readonly #waiting: Task[] = [];
  #refuses = false;
  #grace: NodeJS.Timeout | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#slots = Array.from({ length: options.size }, () => ({ worker: undefined, task: undefined }));
    for (const slot of this.#slots) this.#startWorker(slot);
  }

  /**
   * @param signal a job that still waits when it is aborted is not done
   * @throws PoolError when the queue is full, the pool stops, or the worker dies over it
   */
  run(job: unknown, signal: AbortSignal): Promise<number> {
    signal.throwIfAborted();
    if (this.#refuses) throw new PoolError('stopping');
    const isBusy = this.#slots.every(({ task }) => task);
    if (isBusy && this.#waiting.length >= this.#options.maxWaiting) throw new PoolError('full');
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const task: Task = { job, resolve, reject };
    this.#waiting.push(task);
    signal.addEventListener('abort', () => this.#forget(task, signal.reason), { once: true });
    this.#dispatch();
    return promise;
  }

  /** Does what can be done in this time, and closes then. */
  closeAfter(graceMs: number): void {
    this.#grace ??= setTimeout(() => this.close(), graceMs);
  }

  /** Ends the workers. What they were at is refused, what waits for them, and what comes later. */
  async close(): Promise<void> {
    clearTimeout(this.#grace);
    this.#refuses = true;
    const left = [...this.#waiting.splice(0), ...this.#slots.flatMap(({ task }) => task ?? [])];
    for (const { reject } of left) reject(new PoolError('stopping'));
    await Promise.all(this.#slots.map(({ worker }) => worker?.terminate()));
  }

  #dispatch(): void {
    for (const slot of this.#slots) {
      if (slot.task) continue;
      slot.task = this.#waiting.shift();
      if (slot.task) (slot.worker ?? this.#startWorker(slot)).postMessage(slot.task.job);
    }
  }

  #forget(task: Task, reason: Error): void {
    const index = this.#waiting.indexOf(task);
    if (index === -1) return;
    this.#waiting.splice(index, 1);
    task.reject(reason);
  }

  /** A worker that dies is replaced when there is a job for the next one: one that cannot even start does not spin. */
  #startWorker(slot: Slot): Worker {
    const worker = new Worker(this.#options.module);
    slot.worker = worker;
    let cause: unknown;
    worker.on('message', ({ result, error }: WorkerAnswer) => {
      const { task } = slot;
      slot.task = undefined;
      if (error === undefined) task?.resolve(result);
      else task?.reject(new Error(error));
      this.#dispatch();
    });
    worker.on('error', (error) => {
      cause = error;
    });
    worker.on('exit', () => {
      const { task } = slot;
      slot.worker = undefined;
      slot.task = undefined;
      task?.reject(new PoolError('died', cause));
      this.#dispatch();
    });
    return worker;
  }
}
