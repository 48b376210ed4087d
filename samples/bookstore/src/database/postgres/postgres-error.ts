import { ConstraintError, type ConstraintKind } from '../constraint-error.ts';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const constraintKinds: Readonly<Record<string, ConstraintKind>> = {
  '23503': 'foreign key',
  '23505': 'unique',
  '23514': 'check',
};

/** @throws ConstraintError where PostgreSQL says that a constraint would be broken, else the error itself */
export function translatePostgresError(error: unknown): never {
  if (error instanceof Error && 'code' in error && 'constraint' in error) {
    const kind = constraintKinds[String(error.code)];
    if (kind) throw new ConstraintError(kind, String(error.constraint), error);
  }
  throw error;
}
