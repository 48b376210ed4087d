import { types } from 'pg';

/** How what PostgreSQL sends as text becomes a value, by the type of the column. */
export const columnTypes: typeof types = {
  ...types,
  getTypeParser: ((id: number, format: 'text' | 'binary') => {
    // Ids and cents stay far below 2^53, which a JavaScript number holds exactly.
    if (id === types.builtins.INT8) return Number;
    // A day stays a text, as in 1859-11-24; a Date would be a moment in some time zone.
    if (id === types.builtins.DATE) return String;
    return types.getTypeParser(id, format as 'text');
  }) as typeof types.getTypeParser,
};
