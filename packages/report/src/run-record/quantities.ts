import { z } from 'zod';

/** Numbers as a record holds them; their unit is in the name of the field. */
export const count = z.int().nonnegative();
export const amount = z.number().nonnegative();
export const positive = z.number().positive();
/** A part of a whole. What is above 1 is a rounding of the kernel's clocks. */
export const share = z.number().nonnegative();
export const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'not "sha256:" and 64 hexadecimal digits');
export const instant = z.iso.datetime({ offset: true });
