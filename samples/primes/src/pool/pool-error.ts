const messages = {
  full: 'All workers are busy, and as many requests as may wait are waiting.',
  stopping: 'The service is stopping.',
  died: 'The worker died over this job.',
};

export type PoolErrorKind = keyof typeof messages;

/** Why the pool has not done a job. */
export class PoolError extends Error {
  override readonly name = 'PoolError';
  readonly kind: PoolErrorKind;

  constructor(kind: PoolErrorKind, cause?: unknown) {
    super(messages[kind], { cause });
    this.kind = kind;
  }
}
