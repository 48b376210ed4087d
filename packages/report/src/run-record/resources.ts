import { z } from 'zod';
import type { DeepReadonly } from './deep-readonly.ts';
import { amount, share } from './quantities.ts';

export const resourcesSchema = z.object({
  cpuUsPerRequest: amount,
  cpuShare: share.describe('Of the CPU limit, mean over the phases'),
  throttledShare: share.describe(
    'Of the scheduler periods, those in which the CPU limit held the service up',
  ),
  memoryPeakBytes: amount,
  points: z.array(
    z.object({
      atMs: z.number().describe('Since the first phase began'),
      cpuShare: share,
      memoryBytes: amount.describe('Usage less inactive file pages'),
    }),
  ),
});

export type Resources = DeepReadonly<z.infer<typeof resourcesSchema>>;
