import { z } from 'zod';
import { amount, count } from './quantities.ts';

export const machineSchema = z.object({
  architecture: z.string().describe('amd64 or arm64'),
  cpuModel: z.string(),
  cpus: count,
  memoryBytes: amount,
  kernel: z.string(),
});
