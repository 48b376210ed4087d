import Type, { type Static } from 'typebox';
import { Id } from '../api/id.ts';
import { Name, Text } from '../api/text.ts';

/** What a client sends to add or replace a book. */
export const BookInput = Type.Object(
  {
    categoryId: Id,
    name: Name,
    author: Name,
    description: Text(0, 2000),
    value: Type.Number({ minimum: 0, maximum: 1_000_000, multipleOf: 0.01 }),
    // PostgreSQL has no year 0.
    publishDate: Type.String({ format: 'date', pattern: '^(?!0000)' }),
  },
  { additionalProperties: false },
);
export type BookInput = Static<typeof BookInput>;

export const Book = Type.Object({
  id: Type.Integer(),
  categoryId: Type.Integer(),
  name: Type.String(),
  author: Type.String(),
  description: Type.String(),
  value: Type.Number({ description: 'The price of a copy.' }),
  publishDate: Type.String({ format: 'date' }),
});
export type Book = Static<typeof Book>;
