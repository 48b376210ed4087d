import { expect, test } from 'vitest';
import { scenario } from '../../testing/load-job.ts';
import { pickScripts } from './script.ts';
import { seededRandom } from './seeded-random.ts';

function choices(seed: number, count: number): readonly string[] {
  const scenarios = [
    { ...scenario('/rare'), weight: 1 },
    { ...scenario('/often'), weight: 3 },
  ];
  const pick = pickScripts(scenarios, '', seededRandom(seed));
  return Array.from({ length: count }, () => pick()[0]?.path ?? '');
}

test('scenarios are chosen in proportion to their weights', () => {
  const rare = choices(7, 40_000).filter((path) => path === '/rare').length;
  expect(rare).toBeGreaterThan(9500);
  expect(rare).toBeLessThan(10_500);
});

test('the same seed chooses the same scenarios, another one others', () => {
  expect(choices(1, 100)).toEqual(choices(1, 100));
  expect(choices(1, 100)).not.toEqual(choices(2, 100));
});

test('a scenario’s own headers replace the generator’s', () => {
  const [step] = scenario('/').steps;
  const own = { ...scenario('/'), steps: step ? [{ ...step, headers: { Accept: 'text/html' } }] : [] };
  const [prepared] = pickScripts([own], '/api', seededRandom(1))();
  expect(prepared).toMatchObject({
    path: '/api/',
    headers: ['accept', 'text/html', 'user-agent', 'catamaran'],
  });
});
