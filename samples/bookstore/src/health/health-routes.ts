import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { problems } from '../api/answers.ts';
import type { Readiness } from '../database/readiness.ts';
import { ProblemError } from '../problem/problem-error.ts';

const Health = Type.Object({ status: Type.Literal('ok'), arch: Type.String() });
const Ready = Type.Object({ status: Type.Literal('ready') });

/**
 * `/healthz`: the process lives; restarting it would not help the database. `arch` is what it runs as, under the
 * name that container platforms use: "amd64", not "x64". `/readyz`: it can answer requests now.
 */
export const healthRoutes: FastifyPluginAsyncTypebox<{ readiness: Readiness }> = async (
  app,
  { readiness },
) => {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;

  app.get('/healthz', { schema: { summary: 'Is it alive', response: { 200: Health } } }, async () => ({
    status: 'ok' as const,
    arch,
  }));

  app.get(
    '/readyz',
    { schema: { summary: 'Can it reach its database', response: { 200: Ready, ...problems } } },
    async () => {
      if (!(await readiness.check())) throw new ProblemError(503, 'The database cannot be reached.');
      return { status: 'ready' as const };
    },
  );
};
