import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';

const Health = Type.Object({ status: Type.Literal('ok'), arch: Type.String() });

/** `arch` is what this process runs as, under the name that container platforms use: "amd64", not "x64". */
export const healthRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;

  app.get('/healthz', { schema: { response: { 200: Health } } }, async () => ({
    status: 'ok' as const,
    arch,
  }));
};
