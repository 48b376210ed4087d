import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LoadPlan, parseLoadFile } from '@catamaran/load';
import { expect, it } from 'vitest';
import { repositoryFolder } from './support/repository.ts';

function planOf(sample: string, environment?: string): LoadPlan {
  const path = join(repositoryFolder, 'samples', sample, 'load.yml');
  return parseLoadFile(readFileSync(path, 'utf8'), path, environment);
}

/** Each phase as "rate × seconds of paths". */
function loadOf({ phases, scenarios }: LoadPlan): readonly string[] {
  return phases.map((phase) => {
    const sent = scenarios.filter(({ name }) => phase.scenarios?.includes(name) ?? true);
    const paths = sent.flatMap(({ steps }) => steps.map(({ path }) => path));
    return `${phase.ratePerSecond}/s × ${phase.durationMs / 1000} s of ${paths.join(', ')}`;
  });
}

// Those of the published comparison, in its order: what is measured here stands beside it.
it.each([
  [
    'bookstore',
    ['50/s × 180 s of /api/books', '100/s × 60 s of /api/categories', '80/s × 120 s of /api/orders'],
  ],
  ['primes', ['3/s × 240 s of /prime']],
  ['releases', ['100/s × 60 s of /releases']],
])('the load of %s', (sample, load) => {
  expect(loadOf(planOf(sample))).toEqual(load);
});

it.each(['bookstore', 'primes', 'releases'])(
  'the quick load of %s is the same in a tenth of the time',
  (sample) => {
    const inFull = planOf(sample);
    const phases = inFull.phases.map((phase) => ({ ...phase, durationMs: phase.durationMs / 10 }));
    expect(planOf(sample, 'quick')).toEqual({ ...inFull, phases });
  },
);
