import { z } from 'zod';
import type { DeepReadonly } from './deep-readonly.ts';
import { amount, count } from './quantities.ts';

export const distributionSchema = z
  .object({
    count,
    minUs: amount,
    meanUs: amount,
    p50Us: amount,
    p90Us: amount,
    p95Us: amount,
    p99Us: amount,
    maxUs: amount,
    histogram: z.string().describe('HdrHistogram V2, compressed, in base64; values in microseconds'),
  })
  .describe('Times in microseconds; all of them 0 where count is 0');

export type Distribution = DeepReadonly<z.infer<typeof distributionSchema>>;
