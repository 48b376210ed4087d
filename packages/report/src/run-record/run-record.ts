import { z } from 'zod';
import type { DeepReadonly } from './deep-readonly.ts';
import { loadDescriptionSchema } from './load-description.ts';
import { machineSchema } from './machine.ts';
import { priceListSchema } from './price-list.ts';
import { amount, digest, instant, positive } from './quantities.ts';
import { targetRecordSchema } from './target-record.ts';
import { verdictSchema } from './verdict.ts';

/** Raised when a reader of the last version would misunderstand a record; added fields do not raise it. */
export const schemaVersion = 1;

export const runRecordSchema = z
  .object({
    schemaVersion: z.literal(schemaVersion),
    catamaran: z.string().describe('The version that measured'),
    startedAt: instant,
    finishedAt: instant,
    project: z.string(),
    image: z.object({ reference: z.string(), digest, buildMs: amount }),
    machine: machineSchema,
    host: z.literal('runc'),
    limits: z.object({ vcpu: positive, memoryMiB: positive }).describe('Of each target'),
    load: loadDescriptionSchema,
    targets: z.array(targetRecordSchema),
    prices: priceListSchema,
    verdict: verdictSchema,
  })
  .meta({ title: 'Catamaran run record', description: 'Everything that one run measured' });

/** Everything that one run measured; every report is a function of it. */
export type RunRecord = DeepReadonly<z.infer<typeof runRecordSchema>>;
