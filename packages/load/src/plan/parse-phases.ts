import type { Phase } from './load-plan.ts';
import { parseDurationMs } from './parse-duration.ts';
import {
  invalid,
  parseName,
  readList,
  readMap,
  readPositiveNumber,
  readText,
  required,
  type Setting,
  scalarOf,
} from './setting.ts';
import { vocabulary } from './vocabulary.ts';

const phasesForm = 'a list of phases, each with "duration" and "arrivalRate"';
const durationForm = 'a time above zero: seconds as a number, or a text such as "30s", "2m" or "1m 30s"';
const rateForm = 'a number of arrivals per second above zero, such as 50 or 0.5';

/** One phase's settings, and the one that errors about what is missing point at. */
interface PhaseFields {
  readonly setting: Setting;
  readonly fields: ReadonlyMap<string, Setting>;
}

/**
 * The first phase of an environment is laid over the first of the file, and so on: it may name nothing but a
 * duration. That is how Artillery does it.
 *
 * @param config what the phases stand in
 * @param settings those of `config`
 * @param chosen those of the environment that was chosen
 * @param scenarios the names that a phase may choose from
 */
export function parsePhases(
  config: Setting,
  settings: ReadonlyMap<string, Setting>,
  chosen: ReadonlyMap<string, Setting>,
  scenarios: readonly string[],
): readonly Phase[] {
  required(new Map([...settings, ...chosen]), config, 'phases', phasesForm);
  const below = readFields(settings.get('phases'));
  const above = readFields(chosen.get('phases'));
  return Array.from({ length: Math.max(below.length, above.length) }, (_, index) => {
    const merged = new Map([...(below[index]?.fields ?? []), ...(above[index]?.fields ?? [])]);
    const setting = (below[index] ?? above[index])?.setting ?? config;
    return parsePhase({ setting, fields: merged }, index, scenarios);
  });
}

function readFields(phases: Setting | undefined): readonly PhaseFields[] {
  if (!phases) return [];
  const items = readList(phases, phasesForm);
  return items.map((setting) => ({ setting, fields: readMap(setting, vocabulary.phase) }));
}

function parsePhase({ setting, fields }: PhaseFields, index: number, known: readonly string[]): Phase {
  const duration = required(fields, setting, 'duration', durationForm);
  const durationMs = parseDurationMs(scalarOf(duration));
  if (durationMs === undefined) throw invalid(duration, durationForm);
  const scenarios = fields.get('scenarios');
  return {
    name: parseName(fields) ?? `phase ${index + 1}`,
    durationMs,
    ratePerSecond: readPositiveNumber(required(fields, setting, 'arrivalRate', rateForm), rateForm),
    ...(scenarios ? { scenarios: parseChoice(scenarios, known) } : {}),
  };
}

/** Of what a phase sends: names of the file's scenarios. */
function parseChoice(setting: Setting, known: readonly string[]): readonly string[] {
  const expected = `a list of the names of scenarios: ${known.map((name) => JSON.stringify(name)).join(', ')}`;
  return readList(setting, expected).map((item) => {
    const name = readText(item, expected);
    if (!known.includes(name)) throw invalid(item, `the name of a scenario: ${known.join(', ')}`);
    return name;
  });
}
