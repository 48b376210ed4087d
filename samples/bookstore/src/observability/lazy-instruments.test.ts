import { expect, test } from 'vitest';
import type { Instruments } from './instruments.ts';
import { LazyInstruments } from './lazy-instruments.ts';

function counting() {
  let loads = 0;
  let orders = 0;
  let books = 0;
  const ignore = () => {};
  const instruments: Instruments = {
    events: {
      bookAdded: () => {
        books += 1;
      },
      bookUpdated: ignore,
      bookDeleted: ignore,
      categoryAdded: ignore,
      categoryUpdated: ignore,
      categoryDeleted: ignore,
      orderPlaced: ignore,
      orderCanceled: () => {
        orders += 1;
      },
    },
    scrape: async () => `${loads} loads, ${orders} orders, ${books} books`,
  };
  return async () => {
    loads += 1;
    return instruments;
  };
}

test('what comes before they are there is not lost, and they are loaded once', async () => {
  const instruments = new LazyInstruments(counting());
  for (let i = 0; i < 20; i += 1) instruments.events.orderCanceled();
  instruments.events.bookAdded();

  const scrapes = await Promise.all([instruments.scrape(), instruments.scrape()]);
  expect(scrapes).toEqual(['1 loads, 20 orders, 1 books', '1 loads, 20 orders, 1 books']);

  instruments.events.orderCanceled();
  instruments.events.bookAdded();
  expect(await instruments.scrape()).toBe('1 loads, 21 orders, 2 books');
});

test('much of it has them loaded, without anybody asking', async () => {
  let isLoaded = false;
  const load = counting();
  const instruments = new LazyInstruments(() => {
    isLoaded = true;
    return load();
  });
  for (let i = 0; i < 999; i += 1) instruments.events.orderCanceled();
  expect(isLoaded).toBe(false);
  instruments.events.orderCanceled();

  expect(isLoaded).toBe(true);
  expect(await instruments.scrape()).toBe('1 loads, 1000 orders, 0 books');
});

test('where they cannot be loaded, a scrape says so, and the next one tries again', async () => {
  const load = counting();
  let isBroken = true;
  const instruments = new LazyInstruments(() => (isBroken ? Promise.reject(new Error('broken')) : load()));
  for (let i = 0; i < 5000; i += 1) instruments.events.orderCanceled();

  await expect(instruments.scrape()).rejects.toThrow('broken');
  isBroken = false;
  // What had waited for too long is gone; what comes now is counted.
  const before = Number(/(\d+) orders/.exec(await instruments.scrape())?.[1]);
  instruments.events.orderCanceled();
  expect(await instruments.scrape()).toContain(` ${before + 1} orders`);
});
