import { z } from 'zod';
import { amount, positive } from './quantities.ts';

export const loadDescriptionSchema = z.object({
  source: z.string().describe('The file that describes the load'),
  warmupMs: amount,
  phases: z.array(z.object({ name: z.string(), durationMs: positive, ratePerSecond: amount })),
});
