import type { Compilable, CompiledQuery } from 'kysely';
import type { Database } from './tables.ts';

/** Stands in a query for a value that is only known when it runs. */
class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Runs in a transaction if it is given one. @returns the rows */
type KeptQuery<Values, Row> = (values: Values, transaction?: Database) => Promise<Row[]>;

/**
 * Turns a query into SQL when it is first run, and not again for every request: with kysely, that is most of the time
 * that a small query takes. It also gives both databases the same text each time, for which they keep a prepared
 * statement. `values` of `build` are only to be put where values may stand; they cannot be looked at.
 */
export function keepQuery<Values extends object, Row>(
  database: Database,
  build: (values: Values) => Compilable<Row>,
): KeptQuery<Values, Row> {
  let kept: ((values: Values) => CompiledQuery<Row>) | undefined;
  return async (values, transaction = database) => {
    kept ??= compile(build);
    return (await transaction.executeQuery(kept(values))).rows;
  };
}

function compile<Values extends object, Row>(
  build: (values: Values) => Compilable<Row>,
): (values: Values) => CompiledQuery<Row> {
  const placeholders = new Proxy({}, { get: (_, name) => new Placeholder(String(name)) });
  const compiled = build(placeholders as Values).compile();
  const fill = compiled.parameters.map((parameter) =>
    parameter instanceof Placeholder
      ? (values: Values) => (values as Record<string, unknown>)[parameter.name]
      : () => parameter,
  );
  return (values) => ({ ...compiled, parameters: fill.map((value) => value(values)) });
}
