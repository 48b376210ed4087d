import type { Meter } from '@opentelemetry/api';
import { boundedLabel } from './bounded-label.ts';
import type { BusinessEvents, Totals } from './business-events.ts';

/** Beyond so many cities, orders count under "other". */
const maxCities = 50;

export function businessInstruments(meter: Meter, totals: Totals): BusinessEvents {
  const counter = (name: string, description: string) => {
    const created = meter.createCounter(name, { description });
    // A counter that has counted nothing is to be 0, not absent.
    created.add(0);
    return () => created.add(1);
  };
  total(meter, 'total-books', 'Books in the store.', totals.books);
  total(meter, 'total-categories', 'Categories in the store.', totals.categories);
  return {
    bookAdded: counter('books-added', 'Books that were added.'),
    bookUpdated: counter('books-updated', 'Books that were changed.'),
    bookDeleted: counter('books-deleted', 'Books that were deleted.'),
    categoryAdded: counter('categories-added', 'Categories that were added.'),
    categoryUpdated: counter('categories-updated', 'Categories that were changed.'),
    categoryDeleted: counter('categories-deleted', 'Categories that were deleted.'),
    orderCanceled: counter('orders-canceled', 'Orders that were cancelled.'),
    orderPlaced: orderInstruments(meter),
  };
}

function orderInstruments(meter: Meter): BusinessEvents['orderPlaced'] {
  const price = meter.createHistogram('orders-price', {
    description: 'What an order costs.',
    advice: { explicitBucketBoundaries: [5, 10, 20, 30, 50, 75, 100, 150, 200, 300, 500, 1000] },
  });
  const numberOfBooks = meter.createHistogram('orders-number-of-books', {
    description: 'Books in an order.',
    advice: { explicitBucketBoundaries: [1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50] },
  });
  const byCity = meter.createCounter('total-orders', { description: 'Orders that were placed, by city.' });
  const cityLabel = boundedLabel(maxCities);
  return (order) => {
    price.record(order.totalAmount);
    numberOfBooks.record(order.numberOfBooks);
    byCity.add(1, { city: cityLabel(order.city) });
  };
}

/** While the database does not answer, the last total that is known stays. */
function total(meter: Meter, name: string, description: string, count: () => Promise<number>): void {
  meter.createObservableGauge(name, { description }).addCallback(async (result) => {
    const value = await count().catch(() => undefined);
    if (value !== undefined) result.observe(value);
  });
}
