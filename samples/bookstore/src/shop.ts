import { type BookStore, bookStore } from './books/book-store.ts';
import { type CategoryStore, categoryStore } from './categories/category-store.ts';
import type { Database } from './database/tables.ts';
import { type InventoryStore, inventoryStore } from './inventories/inventory-store.ts';
import type { BusinessEvents } from './observability/business-events.ts';
import { type OrderStore, orderStore } from './orders/order-store.ts';

/** All that the shop has, and what happens in it: what routes work with. */
export interface Shop {
  readonly books: BookStore;
  readonly categories: CategoryStore;
  readonly inventories: InventoryStore;
  readonly orders: OrderStore;
  readonly events: BusinessEvents;
}

export function openShop(database: Database, events: BusinessEvents): Shop {
  return {
    books: bookStore(database),
    categories: categoryStore(database),
    inventories: inventoryStore(database),
    orders: orderStore(database),
    events,
  };
}
