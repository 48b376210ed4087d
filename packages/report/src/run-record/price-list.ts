import type { PriceList } from '@catamaran/verdict';
import { z } from 'zod';
import { positive } from './quantities.ts';

const unitPrices = z.object({ vcpuHour: positive, gbHour: positive });

export const priceListSchema = z.object({
  region: z.string(),
  currency: z.literal('USD'),
  source: z.string(),
  asOf: z.string().describe('The month in which the list was read, as 2026-09'),
  amd64: unitPrices,
  arm64: unitPrices,
}) satisfies z.ZodType<PriceList>;
