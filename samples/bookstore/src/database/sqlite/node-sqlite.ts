import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { translateSqliteError } from './sqlite-error.ts';

/** More different statements than the service has; a bound, so that nothing can grow without one. */
const maxKept = 200;

/**
 * Lets kysely's SQLite dialect, which is written for better-sqlite3, use the SQLite that Node brings. Statements
 * stay prepared: preparing one takes longer than finding a book with it.
 */
export function nodeSqlite(database: DatabaseSync): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close() {
      kept.clear();
      database.close();
    },
    prepare(text) {
      const known = kept.get(text);
      if (known) return known;
      // A transaction that reads first and writes later fails at once, whatever the timeout, if another process
      // has written in between. One that takes the right to write when it begins waits for it instead.
      const sql = text === 'begin' ? 'begin immediate' : text;
      const statement = toStatement(translateSqliteError(() => database.prepare(sql)));
      if (kept.size >= maxKept) kept.clear();
      kept.set(text, statement);
      return statement;
    },
  };
}

function toStatement(statement: StatementSync): SqliteStatement {
  const columns = statement.columns().map(({ name }) => name);
  // Rows as lists, made objects here: those that Node makes have no prototype, and are slow to make and to read.
  statement.setReturnArrays(true);
  const all = (parameters: readonly unknown[]) =>
    translateSqliteError(() => statement.all(...toValues(parameters))) as unknown as readonly unknown[][];
  return {
    // Only what returns rows has columns: SELECT, and INSERT … RETURNING.
    reader: columns.length > 0,
    all: (parameters) => all(parameters).map((row) => toObject(columns, row)),
    run: (parameters) => translateSqliteError(() => statement.run(...toValues(parameters))),
    iterate: (parameters) =>
      all(parameters)
        .values()
        .map((row) => toObject(columns, row)),
  };
}

function toObject(columns: readonly string[], row: readonly unknown[]): object {
  const object: Record<string, unknown> = {};
  for (let at = 0; at < columns.length; at += 1) object[columns[at] as string] = row[at];
  return object;
}

/** Kysely's types guarantee that columns are compared with and set to what their tables declare. */
function toValues(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters as SQLInputValue[];
}
