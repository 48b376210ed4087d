import { z } from 'zod';

/** Environment variables by name. */
export const environmentSchema = z.record(
  z.string().regex(/^[A-Za-z_]\w*$/, 'is not the name of a variable'),
  z.string().refine((value) => !value.includes('\0'), 'has a NUL in it'),
);
