import { z } from 'zod';
import { amount, positive } from './quantities.ts';

export const loadDescriptionSchema = z.object({
  source: z.string().describe('The file that describes the load'),
  environment: z.string().optional().describe('Which of the file’s environments was chosen'),
  warmupMs: amount,
  phases: z.array(
    z.object({
      name: z.string(),
      durationMs: positive,
      ratePerSecond: amount,
      scenarios: z
        .array(z.string())
        .optional()
        .describe('What was sent, by name; where there are none, all of the file’s scenarios'),
    }),
  ),
});
