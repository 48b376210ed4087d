import type { FastifyServerOptions } from 'fastify';
import { lazySerializer } from './lazy-serializer.ts';
import { strictValidator } from './strict-validator.ts';

/**
 * What makes functions of the types of requests and answers. Given when the server is made and not set later,
 * they also keep Fastify from loading the compilers that it would use otherwise.
 */
export const compilers = {
  compilersFactory: {
    buildValidator: () => strictValidator,
    buildSerializer: () => lazySerializer,
  },
  // Fastify's types do not let a validator know what kind of type it gets.
} as unknown as NonNullable<FastifyServerOptions['schemaController']>;
