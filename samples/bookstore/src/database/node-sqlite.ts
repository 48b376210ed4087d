import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { ConstraintError, type ConstraintKind } from './constraint-error.ts';

/** Lets kysely's SQLite dialect, which is written for better-sqlite3, use the SQLite that Node brings. */
export function nodeSqlite(database: DatabaseSync): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare: (text) => toStatement(database.prepare(text)),
  };
}

function toStatement(statement: StatementSync): SqliteStatement {
  return {
    // Only what returns rows has columns: SELECT, and INSERT … RETURNING.
    reader: statement.columns().length > 0,
    all: (parameters) => translateErrors(() => statement.all(...toValues(parameters))),
    run: (parameters) => translateErrors(() => statement.run(...toValues(parameters))),
    iterate: (parameters) => statement.iterate(...toValues(parameters)),
  };
}

/** Kysely's types guarantee that columns are compared with and set to what their tables declare. */
function toValues(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters as SQLInputValue[];
}

/** SQLite's extended result codes: https://www.sqlite.org/rescode.html */
const constraintKinds: Readonly<Record<number, ConstraintKind>> = {
  275: 'check',
  787: 'foreign key',
  1555: 'unique', // a primary key
  2067: 'unique',
};

function translateErrors<T>(work: () => T): T {
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
