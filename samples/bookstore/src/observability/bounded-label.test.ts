import { expect, test } from 'vitest';
import { boundedLabel, otherLabel } from './bounded-label.ts';

test('so many values stay what they are, for ever; all others are one', () => {
  const label = boundedLabel(2);

  expect(['Lisbon', 'Porto', 'Faro', 'Lisbon', 'Porto', 'Braga'].map(label)).toEqual([
    'Lisbon',
    'Porto',
    otherLabel,
    'Lisbon',
    'Porto',
    otherLabel,
  ]);
});
