import type { Bench } from '../support/bench.ts';
import type { Contender } from './contender.ts';
import { names } from './names.ts';

/** The least that any program on Node takes: the unit of short times. */
export function nodeContender(bench: Bench): Contender {
  return {
    name: names.node,
    takesPart: (step) => step === 'first' || step === 'no change' || step === 'one line changed',
    prepare: async () => {},
    build: async () => [{ platforms: '', seconds: (await bench.run(process.execPath, ['-e', '0'])).seconds }],
  };
}
