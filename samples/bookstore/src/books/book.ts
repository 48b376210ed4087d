import Type, { type Static } from 'typebox';

/** What a client sends to add or replace a book. */
export const BookInput = Type.Object(
  {
    categoryId: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    name: Type.String({ minLength: 2, maxLength: 150 }),
    author: Type.String({ minLength: 2, maxLength: 150 }),
    description: Type.String({ maxLength: 2000 }),
    value: Type.Number({ minimum: 0, maximum: 1_000_000, multipleOf: 0.01 }),
    publishDate: Type.String({ format: 'date' }),
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
  value: Type.Number(),
  publishDate: Type.String(),
});
export type Book = Static<typeof Book>;
