import Type, { type Static } from 'typebox';

export const Order = Type.Object({
  id: Type.Integer(),
  customerName: Type.String(),
  address: Type.String(),
  telephone: Type.String(),
  city: Type.String(),
  books: Type.Array(Type.Integer(), { description: 'The ids of the books, ascending.' }),
  totalAmount: Type.Number(),
  status: Type.Literal('NEW_ORDER'),
});
export type Order = Static<typeof Order>;
