import Type, { type Static } from 'typebox';
import { Id } from '../api/id.ts';

const Amount = Type.Integer({ minimum: 0, maximum: 1_000_000_000 });

/** What a client sends to say for the first time how many copies of a book there are. */
export const InventoryInput = Type.Object({ bookId: Id, amount: Amount }, { additionalProperties: false });
export type InventoryInput = Static<typeof InventoryInput>;

/** What a client sends to say it again. */
export const InventoryChange = Type.Object({ amount: Amount }, { additionalProperties: false });

export const Inventory = Type.Object({
  bookId: Type.Integer(),
  amount: Type.Integer({ description: 'How many copies are in stock.' }),
});
export type Inventory = Static<typeof Inventory>;
