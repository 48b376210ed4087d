import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import type { Schema } from './make-serializer.ts';
import type { Validate } from './make-validator.ts';

type Makers = Pick<
  typeof import('./make-serializer.ts') & typeof import('./make-validator.ts'),
  'makeSerializer' | 'makeValidator'
>;

/** After the service has begun to listen: whoever asks whether it is ready is answered first. */
const loadAfterMs = 50;

let makers: Makers | undefined;
let loading: Promise<void> | undefined;

async function load(): Promise<void> {
  const [{ makeSerializer }, { makeValidator }] = await Promise.all([
    import('./make-serializer.ts'),
    import('./make-validator.ts'),
  ]);
  makers = { makeSerializer, makeValidator };
}

/**
 * What makes functions of the types of requests and answers takes as long to load as the server, and to make all
 * functions takes longer still. So the former is loaded once the service listens, which requests of the API wait
 * for, and each of the latter is made when it is needed first.
 */
export function loadCompilers(app: FastifyInstance): void {
  const loadOnce = () => {
    loading ??= load();
    return loading;
  };
  app.addHook('onRequest', (_request, _reply, done) => {
    if (makers) done();
    else loadOnce().then(() => done(), done);
  });
  app.addHook('onListen', async () => {
    setTimeout(() => loadOnce().catch((error: unknown) => app.log.error(error)), loadAfterMs).unref();
  });
}

function validatorOf({ schema, httpPart }: { schema: unknown; httpPart?: string }): Validate {
  let validate: Validate | undefined;
  return (value) => {
    validate ??= makers?.makeValidator(schema as Parameters<Makers['makeValidator']>[0], httpPart === 'body');
    if (!validate) throw new Error('Requests are only checked once the compilers are loaded.');
    return validate(value);
  };
}

function serializerOf({ schema }: { schema: unknown }): (data: unknown) => string {
  let serialize: ((data: unknown) => string) | undefined;
  return (data) => {
    serialize ??= makers?.makeSerializer(schema as Schema);
    // Only health checks are answered before that.
    return serialize ? serialize(data) : JSON.stringify(data);
  };
}

/** Given when the server is made and not set later, they also keep Fastify from loading compilers of its own. */
export const compilers = {
  compilersFactory: { buildValidator: () => validatorOf, buildSerializer: () => serializerOf },
  // Fastify's types do not let a validator know what kind of type it gets.
} as unknown as NonNullable<FastifyServerOptions['schemaController']>;
