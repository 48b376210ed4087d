import fastJson, { type Schema } from 'fast-json-stringify';
import type { FastifyInstance } from 'fastify';

type Serializer = (data: unknown) => string;

/** Routes share the types of what they answer, and then also what was made of them. */
const made = new WeakMap<object, Serializer>();

/**
 * Makes of the type of an answer a function that writes it, which is much faster than writing what may be
 * anything. It is made when the first answer needs it: making all would take a good part of the start.
 */
export const lazySerializer: Parameters<FastifyInstance['setSerializerCompiler']>[0] = ({ schema }) => {
  let serializer: Serializer | undefined;
  return (data) => {
    serializer ??= serializerOf(schema as Schema & object);
    return serializer(data);
  };
};

function serializerOf(schema: Schema & object): Serializer {
  let serializer = made.get(schema);
  if (!serializer) {
    serializer = fastJson(schema) as Serializer;
    made.set(schema, serializer);
  }
  return serializer;
}
