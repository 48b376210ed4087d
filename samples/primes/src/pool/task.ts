/** A job on its way through the pool. */
export interface Task {
  readonly job: unknown;
  readonly resolve: (result: number) => void;
  readonly reject: (error: Error) => void;
}
