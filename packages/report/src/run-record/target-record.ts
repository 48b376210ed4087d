import { z } from 'zod';
import type { DeepReadonly } from './deep-readonly.ts';
import { generatorHealthSchema } from './generator-health.ts';
import { phaseResultSchema } from './phase-result.ts';
import { amount, digest } from './quantities.ts';
import { resourcesSchema } from './resources.ts';

export const targetRecordSchema = z.object({
  platform: z.string().describe('As linux/amd64'),
  emulated: z.boolean().describe('Ran under an emulator: a functional check, whose timings mean nothing'),
  architecture: z.object({
    value: z.string(),
    confirmedBy: z.array(z.enum(['elf header', 'health response'])),
  }),
  image: z.object({ digest, sizeBytes: amount.describe('Compressed') }),
  startupMs: amount.describe('From container start to the first healthy response'),
  phases: z.array(phaseResultSchema),
  generator: generatorHealthSchema,
  resources: resourcesSchema,
});

export type TargetRecord = DeepReadonly<z.infer<typeof targetRecordSchema>>;
