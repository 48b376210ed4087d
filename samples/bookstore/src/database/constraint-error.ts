export type ConstraintKind = 'check' | 'foreign key' | 'unique';

/** A write that the database has refused, since it would have broken one of the schema's constraints. */
export class ConstraintError extends Error {
  override readonly name = 'ConstraintError';
  readonly kind: ConstraintKind;
  /** What the database names: a check's name, the columns that must be unique, nothing for a foreign key. */
  readonly subject: string;

  constructor(kind: ConstraintKind, subject: string, cause: unknown) {
    super(`${kind} constraint failed: ${subject}`, { cause });
    this.kind = kind;
    this.subject = subject;
  }
}

/**
 * Throws what `explain` says when `write` breaks a constraint. Asking the database first ("is there such a
 * category?") would leave a gap between question and write; letting it refuse leaves none.
 */
export async function explainConstraint<T>(
  write: Promise<T>,
  explain: { readonly [Kind in ConstraintKind]?: () => Error },
): Promise<T> {
  try {
    return await write;
  } catch (error) {
    const explained = error instanceof ConstraintError ? explain[error.kind]?.() : undefined;
    throw explained ?? error;
  }
}
