/** What happens in the store, for whoever keeps count of it. The API tells it, and knows nothing of metrics. */
export interface BusinessEvents {
  bookAdded(): void;
  bookUpdated(): void;
  bookDeleted(): void;
  categoryAdded(): void;
  categoryUpdated(): void;
  categoryDeleted(): void;
  orderPlaced(order: PlacedOrder): void;
  /** Once an order, however often its cancelling is asked for. */
  orderCanceled(): void;
}

interface PlacedOrder {
  readonly city: string;
  /** With cents, as in the API. */
  readonly totalAmount: number;
  readonly numberOfBooks: number;
}

/** How much there is, asked of the database when somebody wants to know. */
export interface Totals {
  books(): Promise<number>;
  categories(): Promise<number>;
}
