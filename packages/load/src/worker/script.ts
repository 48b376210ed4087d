import type { Dispatcher } from 'undici';
import type { Phase, Scenario } from '../plan/load-plan.ts';

/** A scenario made ready to be sent many times. */
export type Script = readonly Dispatcher.DispatchOptions[];

/** What a phase chooses from. */
export function scenariosOf({ scenarios }: Phase, all: readonly Scenario[]): readonly Scenario[] {
  return scenarios ? all.filter(({ name }) => scenarios.includes(name)) : all;
}

/**
 * Prepares the scenarios and returns what picks one of them, in proportion to their weights.
 * @param basePath goes before every path
 * @param random numbers in [0, 1)
 */
export function pickScripts(
  scenarios: readonly Scenario[],
  basePath: string,
  random: () => number,
): () => Script {
  const scripts = scenarios.map((scenario) => prepare(scenario, basePath));
  const totalWeight = scenarios.reduce((sum, { weight }) => sum + weight, 0);
  let weight = 0;
  const upTo = scenarios.map((scenario) => {
    weight += scenario.weight;
    return weight / totalWeight;
  });
  const last = scripts.at(-1);
  if (!last) throw new Error('there is no scenario');
  return () => {
    const chosen = random();
    return scripts[upTo.findIndex((edge) => chosen < edge)] ?? last;
  };
}

function prepare(scenario: Scenario, basePath: string): Script {
  return scenario.steps.map(({ method, path, headers }) => {
    const sent = new Map([
      ['accept', '*/*'],
      ['user-agent', 'catamaran'],
    ] as [string, string][]);
    for (const [name, value] of Object.entries(headers)) sent.set(name.toLowerCase(), value);
    return { method, path: basePath + path, headers: [...sent].flat() };
  });
}
