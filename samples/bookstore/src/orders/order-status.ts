import Type, { type Static } from 'typebox';

export const OrderStatus = Type.Enum(['NEW_ORDER', 'SHIPPED', 'DELIVERED', 'CANCELED']);
export type OrderStatus = Static<typeof OrderStatus>;

/** What an order was before it became this. There is no way back, and what was shipped cannot be canceled. */
export const before: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  NEW_ORDER: [],
  SHIPPED: ['NEW_ORDER'],
  DELIVERED: ['NEW_ORDER', 'SHIPPED'],
  CANCELED: ['NEW_ORDER'],
};
