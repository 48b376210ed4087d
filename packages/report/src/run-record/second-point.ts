import { z } from 'zod';
import type { DeepReadonly } from './deep-readonly.ts';
import { amount, count } from './quantities.ts';

export const secondPointSchema = z
  .object({
    second: count,
    scheduled: count,
    completed: count,
    failed: count,
    p50Us: amount,
    p95Us: amount,
    p99Us: amount,
  })
  .describe(
    'One second of a phase, by intended send time; percentiles of response time, 0 when nothing completed',
  );

export type SecondPoint = DeepReadonly<z.infer<typeof secondPointSchema>>;
