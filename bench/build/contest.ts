import type { Bench } from '../support/bench.ts';
import type { Contender } from './contender.ts';
import type { Results } from './results.ts';
import { steps } from './steps.ts';

/**
 * Rounds in which every step is taken by one contender after the other, so that what disturbs the machine disturbs
 * all of them; another one is first each time.
 */
export async function contest(
  bench: Bench,
  contenders: readonly Contender[],
  rounds: number,
  results: Results,
): Promise<void> {
  for (let round = 1; round <= rounds; round++) {
    for (const step of steps) {
      const taking = contenders.filter((contender) => contender.takesPart(step, round));
      for (const [at] of taking.entries()) {
        const contender = taking[(at + round) % taking.length] as Contender;
        await contender.prepare(step, round);
        // What was written to prepare it would else be written to the disk meanwhile.
        await bench.run('sync', []);
        for (const timing of await contender.build(step)) {
          results.add(step, contender.name, timing);
          console.error(
            `round ${round} of ${rounds}, ${step}: ${contender.name}, ${timing.platforms} ${timing.seconds.toFixed(2)} s`,
          );
        }
      }
    }
  }
}
