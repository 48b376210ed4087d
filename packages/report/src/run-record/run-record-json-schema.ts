import { z } from 'zod';
import { runRecordSchema } from './run-record.ts';

/** The published form of the schema: JSON Schema, draft 2020-12. Fields that it does not know are allowed. */
export function runRecordJsonSchema(): Record<string, unknown> {
  // "input" is what a file may hold; "output" would forbid the fields that reading leaves out.
  return { ...z.toJSONSchema(runRecordSchema, { io: 'input' }) };
}
