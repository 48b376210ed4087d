import { sql } from 'kysely';

/**
 * What a search compares: without the difference of upper and lower case, or of two ways to write "é". Databases
 * do not agree on either (SQLite only knows the letters of ASCII), so it is done here, when a text is stored.
 */
export function searchable(...texts: readonly string[]): string {
  return texts.join('\n').normalize('NFKC').toLowerCase();
}

/** The pattern of LIKE for what contains a text. In it, % and _ are themselves. */
export function containing(text: string): string {
  return `%${searchable(text).replaceAll(/[\\%_]/g, '\\$&')}%`;
}

/** A condition: PostgreSQL takes the backslash by itself, SQLite has to be told. */
export function like(column: string, pattern: string) {
  return sql<boolean>`${sql.ref(column)} like ${pattern} escape '\\'`;
}
