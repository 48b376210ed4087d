import { z } from 'zod';
import type { DeepReadonly } from './deep-readonly.ts';
import { distributionSchema } from './distribution.ts';
import { amount, count, positive } from './quantities.ts';
import { secondPointSchema } from './second-point.ts';

export const phaseResultSchema = z
  .object({
    name: z.string(),
    durationMs: positive,
    ratePerSecond: amount.describe('Intended arrival rate'),
    scheduled: count,
    sent: count,
    dropped: count.describe('Never sent; sent + dropped = scheduled'),
    completed: count.describe('Responses received whole, whatever their status'),
    failed: z
      .record(z.string(), count)
      .describe('By kind of failure; a status of 400 or more is one, and completed too'),
    statusCodes: z.record(z.string(), count),
    bytesReceived: count,
    achievedRatePerSecond: amount.describe(
      'completed ÷ time from the start of the phase to its last response',
    ),
    responseTime: distributionSchema.describe('From the intended send time to the last byte'),
    serviceTime: distributionSchema.describe('From the actual send to the last byte'),
    lateness: distributionSchema.describe('Actual send time less intended send time'),
    seconds: z.array(secondPointSchema),
  })
  .refine((phase) => phase.sent + phase.dropped === phase.scheduled, {
    path: ['scheduled'],
    message: 'not the sum of sent and dropped',
  });

export type PhaseResult = DeepReadonly<z.infer<typeof phaseResultSchema>>;
