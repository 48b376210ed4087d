import { z } from 'zod';
import { amount, share } from './quantities.ts';

export const generatorHealthSchema = z.object({
  cpuShare: share.describe('Of one core, without the busy wait for the next send'),
  eventLoopDelayP99Us: amount,
  latenessP99Us: amount,
  lateShare: share.describe('Of sends that were later than 1 ms'),
});
