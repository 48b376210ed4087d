import { formatTable } from './format-table.ts';

/** A name and its values, one under the other; what has none is left out. */
export type Field = readonly [name: string, values: readonly (string | undefined)[]];

export function formatFields(fields: readonly Field[]): string[] {
  return formatTable(
    fields.flatMap(([name, values]) =>
      values
        .filter((value) => value !== undefined && value !== '')
        .map((value, at) => [at === 0 ? name : '', value ?? '']),
    ),
  );
}
