/** The size of a task; both are greater than 0. */
export interface Limits {
  readonly vcpu: number;
  readonly memoryMiB: number;
}
