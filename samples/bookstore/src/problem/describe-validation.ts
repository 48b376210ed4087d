import type { FastifySchemaValidationError } from 'fastify';
import type { FieldProblem } from './problem.ts';

/** Fastify's names for the parts of a request, in words. */
const partNames: Readonly<Record<string, string>> = {
  params: 'path',
  querystring: 'query',
  headers: 'header',
};

/** Says for each error of the validator which field is at fault, in words for the one who sent the request. */
export function describeValidation(
  validationContext: string,
  errors: readonly FastifySchemaValidationError[],
): readonly FieldProblem[] {
  const part = partNames[validationContext] ?? validationContext;
  return errors.flatMap((error) => {
    const parent = error.instancePath.slice(1).replaceAll('/', '.');
    const child = (name: string) => (parent === '' ? name : `${parent}.${name}`);

    switch (error.keyword) {
      case 'required':
        return names(error.params.requiredProperties).map((name) => ({
          in: part,
          field: child(name),
          detail: 'is required',
        }));
      case 'additionalProperties':
        return names(error.params.additionalProperties).map((name) => ({
          in: part,
          field: child(name),
          detail: 'is not a known field',
        }));
      case 'boolean':
        // The same as additionalProperties, which reports it too.
        return [];
      case 'format':
        return [{ in: part, field: parent, detail: `must be a valid ${String(error.params.format)}` }];
      default:
        return [{ in: part, field: parent, detail: error.message ?? 'is not valid' }];
    }
  });
}

function names(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
