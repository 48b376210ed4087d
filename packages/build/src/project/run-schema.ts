import { z } from 'zod';
import { environmentSchema } from './environment-schema.ts';

export const runSchema = z
  .strictObject({
    healthPath: z.string().startsWith('/').default('/').describe('Answers 2xx once the service is ready.'),
    startTimeoutSeconds: z
      .number()
      .positive()
      .max(600)
      .default(60)
      .describe('How long it may take until then.'),
    env: environmentSchema.default({}).describe('More environment variables, for local runs only.'),
    network: z
      .enum(['private', 'host'])
      .default('private')
      .describe('"private": loopback of its own, nothing else. "host": the machine’s, to reach a database.'),
    vcpu: z.number().positive().max(192).default(0.5).describe('CPU limit, as Fargate sizes it.'),
    memoryMiB: z.int().min(64).default(1024).describe('Memory limit.'),
    load: z.string().min(1).default('load.yml').describe('The load test, in Artillery’s format.'),
    warmupSeconds: z.number().min(0).max(600).default(5).describe('Load before anything is recorded.'),
  })
  .prefault({})
  .describe('How the service is run and measured.');
