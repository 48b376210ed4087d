import Type, { type Static } from 'typebox';
import { Id } from '../api/id.ts';
import { Name, Text } from '../api/text.ts';
import { OrderStatus } from './order-status.ts';

/** What a customer sends: who, where, and one copy of which books. */
export const OrderInput = Type.Object(
  {
    customerName: Name,
    address: Name,
    telephone: Text(3, 30),
    city: Text(1, 150),
    books: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }),
  },
  { additionalProperties: false },
);
export type OrderInput = Static<typeof OrderInput>;

export const OrderChange = Type.Object({ status: OrderStatus }, { additionalProperties: false });

export const Order = Type.Object({
  id: Type.Integer(),
  customerName: Type.String(),
  address: Type.String(),
  telephone: Type.String(),
  city: Type.String(),
  books: Type.Array(Type.Integer(), { description: 'The ids of the books, ascending.' }),
  totalAmount: Type.Number(),
  status: OrderStatus,
});
export type Order = Static<typeof Order>;
