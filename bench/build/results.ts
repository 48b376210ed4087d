import { median } from '../support/median.ts';
import type { Timing } from './contender.ts';
import { type Name, names } from './names.ts';
import { type Step, steps } from './steps.ts';

interface Result {
  readonly step: Step;
  readonly name: Name;
  readonly platforms: string;
  readonly seconds: number[];
  /** On what, in the fastest. */
  spent: string;
}

/** The times that were measured, by step, contender and platforms. */
export interface Results {
  add(step: Step, name: Name, timing: Timing): void;
  /** In seconds, of the platforms that a contender was measured for first; undefined where it was not measured. */
  median(step: Step, name: Name): number | undefined;
  /** How long `node -e 0` takes, in seconds: the unit of short times. */
  unit(): number;
  /** By step, and in the order of `names`; without `node -e 0`. */
  all(): readonly Result[];
}

export function createResults(): Results {
  const results: Result[] = [];
  const of = (step: Step, name: Name) =>
    results.filter((result) => result.step === step && result.name === name);
  return {
    add(step, name, { platforms, seconds, spent = '' }) {
      const found = of(step, name).find((result) => result.platforms === platforms);
      if (!found) results.push({ step, name, platforms, seconds: [seconds], spent });
      else {
        found.seconds.push(seconds);
        if (seconds === Math.min(...found.seconds)) found.spent = spent;
      }
    },
    median(step, name) {
      const [found] = of(step, name);
      return found && median(found.seconds);
    },
    unit: () => median(steps.flatMap((step) => of(step, names.node).flatMap(({ seconds }) => seconds))),
    all: () =>
      steps.flatMap((step) =>
        Object.values(names)
          .filter((name) => name !== names.node)
          .flatMap((name) => of(step, name)),
      ),
  };
}
