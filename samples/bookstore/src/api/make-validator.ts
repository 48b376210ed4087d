import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

export type Validate = (value: unknown) => { value: unknown } | { error: Error };

const wholeNumber = /^-?\d{1,30}$/;

/**
 * Checks a part of a request against its TypeBox type. Unlike Fastify's default, it does not change a body to make
 * it fit: "12" is not a number, null is not "". In an address everything is text; there, what is to be an integer
 * becomes one if it is written as one, and "1.5", "0x1" or "true" do not.
 */
export function makeValidator(schema: TSchema, isBody: boolean): Validate {
  const validator = Compile(schema);
  return (value) => {
    const read = isBody ? value : readIntegers(schema, value);
    if (validator.Check(read)) return { value: read };
    // Fastify makes an error of them, although its types know nothing of a list.
    return { error: validator.Errors(read) as unknown as Error };
  };
}

function readIntegers(schema: TSchema, value: unknown): unknown {
  const { properties = {} } = schema as { properties?: Record<string, { type?: string }> };
  const read = { ...(value as Record<string, unknown>) };
  for (const [name, property] of Object.entries(properties)) {
    const text = read[name];
    if (property.type === 'integer' && typeof text === 'string' && wholeNumber.test(text))
      read[name] = Number(text);
  }
  return read;
}
