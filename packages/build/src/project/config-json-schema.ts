import { z } from 'zod';
import { configSchema } from './config-schema.ts';

/** The configuration as JSON Schema (draft 2020-12), as a person writes it: what has a default may be left out. */
export function configJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(configSchema, { io: 'input' });
}
