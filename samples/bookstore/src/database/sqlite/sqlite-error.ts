import { ConstraintError, type ConstraintKind } from '../constraint-error.ts';

/** SQLite's extended result codes: https://www.sqlite.org/rescode.html */
const constraintKinds: Readonly<Record<number, ConstraintKind>> = {
  275: 'check',
  787: 'foreign key',
  1555: 'unique', // a primary key
  2067: 'unique',
};

/** @throws ConstraintError where SQLite says that a constraint would be broken */
export function translateSqliteError<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error && 'errcode' in error)) throw error;
    const kind = constraintKinds[Number(error.errcode)];
    if (!kind) throw error;
    // "CHECK constraint failed: name"
    throw new ConstraintError(kind, error.message.split(': ')[1] ?? '', error);
  }
}
