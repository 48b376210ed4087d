import type { Verdict } from '@catamaran/verdict';
import { z } from 'zod';
import { positive } from './quantities.ts';

const reason = z.object({
  code: z.enum(['emulated', 'generator-bound', 'errors', 'single-target', 'not-paired']),
  platform: z.string().exactOptional(),
  text: z.string(),
});

const breakEven = z.object({
  region: z.string(),
  amd64UsdPerHour: positive,
  arm64UsdPerHour: positive,
  priceRatio: positive.describe('arm64 ÷ amd64'),
  throughputRatio: positive.describe("Share of amd64's requests per second from which on arm64 is cheaper"),
  slowdownPercent: z.number().describe('By how much CPU time per request may grow before arm64 is dearer'),
  text: z.string(),
});

export const verdictSchema = z.object({
  outcome: z.literal('refused'),
  reasons: z.array(reason).min(1),
  remedies: z.array(z.string()),
  prices: breakEven,
}) satisfies z.ZodType<Verdict>;
