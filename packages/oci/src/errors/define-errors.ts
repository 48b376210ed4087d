import { CatamaranError, type Fault } from './catamaran-error.ts';

/** One row of the error table. `{name}` in a message or hint is replaced by the detail of that name. */
export interface ErrorDefinition {
  readonly fault: Fault;
  readonly message: string;
  readonly hint: string;
}

type Placeholder<T extends string> = T extends `${string}{${infer P}}${infer Rest}`
  ? P | Placeholder<Rest>
  : never;

type Details<D extends ErrorDefinition> = {
  readonly [P in Placeholder<D['message']> | Placeholder<D['hint']>]: string | number;
};

export type ErrorFactory<D extends ErrorDefinition = ErrorDefinition> = ((
  details: Details<D>,
  options?: { readonly cause?: unknown },
) => CatamaranError) & { readonly definition: D };

/** A package's part of the table: code → a function that makes the error. */
export type ErrorTable = Readonly<Record<string, ErrorFactory>>;

/**
 * Turns rows into factories whose arguments are typed by the placeholders in the row's texts, so that the
 * table is at once what the code throws and what `docs/errors.md` is generated from.
 */
export function defineErrors<const T extends Readonly<Record<string, ErrorDefinition>>>(
  definitions: T,
): { readonly [Code in keyof T]: ErrorFactory<T[Code]> } {
  const factories = Object.entries(definitions).map(([code, definition]) => {
    const factory = (given: Record<string, string | number>, options?: { readonly cause?: unknown }) => {
      const details = withoutCredentials(given);
      return new CatamaranError({
        code,
        fault: definition.fault,
        message: fill(definition.message, details),
        hint: fill(definition.hint, details),
        details,
        cause: options?.cause,
      });
    };
    return [code, Object.assign(factory, { definition })] as const;
  });
  return Object.fromEntries(factories) as unknown as { readonly [Code in keyof T]: ErrorFactory<T[Code]> };
}

function fill(template: string, details: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(details[name] ?? whole));
}

/** Addresses may carry a user and a password (RFC 3986 § 3.2.1); errors end up in logs. */
function withoutCredentials(
  details: Readonly<Record<string, string | number>>,
): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replace(/:\/\/[^/\s"]*@/g, '://***@') : value,
    ]),
  );
}
